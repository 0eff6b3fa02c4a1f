/** The modules of the system under simulation. Types are those of the source beside us. */
export interface Engine {
  readonly home: typeof import("../../deno_home.ts");
  readonly wakeUp: typeof import("../../lib/adapters/deno_kv/wake_up.ts");
  readonly toldNow: typeof import("../../lib/app/told_now.ts");
}

/** The source beside us. */
export const OUR_SOURCE = new URL("../../", import.meta.url);

/** Loads the system from a folder that has `lib/` in it: our own, or a copy with a bug in it. */
export async function loadEngine(folder: URL = OUR_SOURCE): Promise<Engine> {
  const load = async (path: string) => await import(new URL(path, folder).href);
  return {
    home: await load("deno_home.ts"),
    wakeUp: await load("lib/adapters/deno_kv/wake_up.ts"),
    toldNow: await load("lib/app/told_now.ts"),
  };
}
