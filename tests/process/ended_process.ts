/** How a process ended, and what it said. */
export interface EndedProcess {
  readonly code: number;
  readonly output: string;
  /** The lines of its standard error. */
  readonly errors: readonly string[];
}

/** Nothing that is started here has a reason to live longer; what does is killed, and so fails. */
const LIMIT_MS = 20_000;

/** Runs Deno with these arguments and settings until it ends by itself. */
export async function runToEnd(
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly cwd?: string } = {},
): Promise<EndedProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: options.cwd ?? Deno.cwd(),
    env: { ...options.env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  const { code, stdout, stderr } = await child.output();
  clearTimeout(timer);
  const [output = "", errors = ""] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  return { code, output, errors: errors.split("\n").filter((line) => line !== "") };
}
