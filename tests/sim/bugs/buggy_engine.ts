import { type Engine, loadEngine, OUR_SOURCE } from "../engine.ts";
import type { Bug, Change } from "./bug.ts";

/** The folders of `lib/` that the system under simulation is made of. */
const ROOMS = ["domain", "audit", "ports", "app", "adapters/deno_kv", "adapters/system"];

/**
 * Does something with the system as it would be with a bug in it: loaded from a copy of its source in
 * a temporary folder, so that the source itself needs no switches.
 */
export async function withBug<Result>(
  bug: Bug,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const folder = await Deno.makeTempDir({ prefix: "holdfast-bug-" });
  try {
    for (const room of ROOMS) await copyRoom(room, folder);
    await Deno.copyFile(new URL("deno_home.ts", OUR_SOURCE), `${folder}/deno_home.ts`);
    for (const change of bug.changes) {
      const path = `${folder}/lib/${change.file}`;
      await Deno.writeTextFile(path, patched(await Deno.readTextFile(path), change));
    }
    return await work(await loadEngine(new URL(`file://${folder}/`)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The source with a change in it. Throws when its snippet does not stand there exactly once. */
export function patched(source: string, { file, snippet, instead }: Change): string {
  const parts = source.split(snippet);
  if (parts.length !== 2) {
    throw new Error(`${file} has ${parts.length - 1} places for "${snippet}", not one`);
  }
  return parts.join(instead);
}

async function copyRoom(room: string, folder: string): Promise<void> {
  const from = new URL(`lib/${room}/`, OUR_SOURCE);
  await Deno.mkdir(`${folder}/lib/${room}`, { recursive: true });
  for await (const { name, isFile } of Deno.readDir(from)) {
    if (isFile) await Deno.copyFile(new URL(name, from), `${folder}/lib/${room}/${name}`);
  }
}
