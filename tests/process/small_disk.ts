/** A disk of its own, in memory, which can be full without harm to anybody. */
export interface SmallDisk {
  readonly folder: string;
  /** Gives it a new size, with all that is on it. */
  resize(megabytes: number): Promise<void>;
}

/**
 * Runs `work` with a small disk that is gone afterwards. Where this process may not mount one it says
 * why, and does not run it.
 */
export async function onSmallDisk(
  megabytes: number,
  work: (disk: SmallDisk) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "holdfast_disk_" });
  try {
    const refusal = await run("mount", [
      "-t",
      "tmpfs",
      "-o",
      `size=${megabytes}m`,
      "tmpfs",
      folder,
    ]);
    if (refusal !== null) {
      console.log(`skipped: no small disk can be mounted here (${refusal})`);
      return;
    }
    try {
      await work({ folder, resize: (size) => resize(folder, size) });
    } finally {
      // Lazily, so that nothing a failed test has left open keeps it there.
      await insistOn("umount", ["--lazy", folder]);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function resize(folder: string, megabytes: number): Promise<void> {
  return insistOn("mount", ["-o", `remount,size=${megabytes}m`, folder]);
}

async function insistOn(command: string, args: readonly string[]): Promise<void> {
  const refusal = await run(command, args);
  if (refusal !== null) throw new Error(`${command}: ${refusal}`);
}

/** Runs a command: null when it did what it was told, else what it said. */
async function run(command: string, args: readonly string[]): Promise<string | null> {
  try {
    const { success, stderr } = await new Deno.Command(command, { args: [...args] }).output();
    return success ? null : new TextDecoder().decode(stderr).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return `there is no ${command}`;
    throw error;
  }
}
