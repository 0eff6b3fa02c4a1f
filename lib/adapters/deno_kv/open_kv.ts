import { dirname } from "node:path";
import { diskRoom } from "../system/disk_room.ts";
import { SettingError } from "../system/settings.ts";
import { backendOf, type KvBackend, REMOTE_BACKEND } from "./kv_backend.ts";
import { keys } from "./keys.ts";

/** An open database and what it can do. A process opens one, and only one. */
export interface OpenedKv {
  readonly kv: Deno.Kv;
  readonly backend: KvBackend;
  /** Whether its disk has room for more; a database that is not a file always says so. */
  readonly hasRoom: () => boolean;
}

/**
 * Opens the database that `HOLDFAST_KV` names (null: the platform's own), making the folder of a file
 * if needed, and reads once to be sure that it answers. Throws {@link SettingError} when it does not.
 */
export async function openKv(location: string | null): Promise<OpenedKv> {
  try {
    const endless = { hasRoom: () => true };
    if (location === null) return { kv: await Deno.openKv(), backend: REMOTE_BACKEND, ...endless };
    const backend = backendOf(location);
    const inFile = backend.queues && location !== ":memory:";
    if (inFile) await Deno.mkdir(dirname(location), { recursive: true });
    const kv = await Deno.openKv(location);
    await kv.get(keys.logHead());
    return { kv, backend, ...(inFile ? { hasRoom: diskRoom(dirname(location)) } : endless) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const what = location === null ? "The platform's database" : `HOLDFAST_KV "${location}"`;
    throw new SettingError(`${what} cannot be opened: ${reason}`);
  }
}
