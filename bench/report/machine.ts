import type { Field } from "../run/field.ts";

/** What a figure means nothing without. */
export interface Machine {
  readonly date: string;
  readonly commit: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly fileSystem: string;
  readonly versions: { readonly [program: string]: string };
}

/** The machine, the moment and the versions of everything that ran. */
export async function describeMachine(field: Field): Promise<Machine> {
  const cpuinfo = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  const changed = await said("git", ["status", "--porcelain", "--untracked-files=no"]);
  const commit = await said("git", ["rev-parse", "--short", "HEAD"]);
  const { deno, v8 } = Deno.version;
  return {
    date: new Date().toISOString(),
    commit: changed === "" ? commit : `${commit} with changes`,
    processor: /^model name\s*: (.*)$/m.exec(cpuinfo)?.[1] ?? "unknown",
    cores: navigator.hardwareConcurrency,
    memoryBytes: Deno.systemMemoryInfo().total,
    system: `${Deno.build.os} ${Deno.osRelease()}`,
    fileSystem: await fileSystemOf(field.folder),
    versions: {
      ...{ deno, v8 },
      ...field.redis && { redis: field.redis.version },
      ...field.postgres && { postgres: field.postgres.version },
    },
  };
}

/** The kind of file system that a path is on, such as "ext4"; "unknown" where nobody tells. */
export async function fileSystemOf(path: string): Promise<string> {
  // Where several are mounted over each other, the last one is on top.
  return (await said("findmnt", ["-no", "FSTYPE", "-T", path])).split("\n").at(-1) || "unknown";
}

async function said(command: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await new Deno.Command(command, { args: [...args] }).output();
    return new TextDecoder().decode(stdout).trim();
  } catch {
    return "";
  }
}
