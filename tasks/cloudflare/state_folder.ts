import { SettingError } from "../../lib/adapters/system/settings.ts";

const DEFAULT_STATE = "data/workerd";

/**
 * Makes and takes the folder that HOLDFAST_STATE names, for as long as this process runs: two workerds
 * on one state would each believe to be alone. Throws {@link SettingError} when it cannot.
 */
export async function takeStateFolder(text: string | undefined): Promise<string> {
  const folder = text ?? DEFAULT_STATE;
  if (folder.trim() === "") {
    throw new SettingError("HOLDFAST_STATE must be the path of a folder; it is empty.");
  }
  if (!await lockIn(folder)) {
    throw new SettingError(`HOLDFAST_STATE "${folder}" is in use by another process.`);
  }
  return await Deno.realPath(folder);
}

async function lockIn(folder: string): Promise<boolean> {
  try {
    await Deno.mkdir(folder, { recursive: true });
    // It stays open, and so locked, until the process ends.
    const file = await Deno.open(`${folder}/lock`, { create: true, write: true });
    return await file.tryLock(true);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingError(`HOLDFAST_STATE "${folder}" cannot be used: ${reason}`);
  }
}
