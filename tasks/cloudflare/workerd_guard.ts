import workerd from "workerd";
import { readText } from "../build.ts";

/** The program's path; the package is a CommonJS module, so its default stands one step further in. */
const PROGRAM: string = workerd.default;

/**
 * Keeps workerd from outliving this process, whatever ends it. Miniflare starts workerd through a
 * script that leaves its number behind; a shell that does nothing but wait for the end of a pipe which
 * only this process holds kills it by that number. It needs a POSIX shell.
 */
export class WorkerdGuard {
  private constructor(
    readonly folder: string,
    readonly watcher: Deno.ChildProcess,
    /** What the environment said before. */
    readonly before: Readonly<Record<string, string | undefined>>,
  ) {}

  /** From now on whatever Miniflare starts in this process is guarded. */
  static async begin(): Promise<WorkerdGuard> {
    const folder = await Deno.makeTempDir({ prefix: "holdfast_workerd_" });
    const script = `${folder}/workerd`;
    await Deno.writeTextFile(script, STARTED_AS_WORKERD, { mode: 0o700 });
    const watcher = new Deno.Command("/bin/sh", {
      args: ["-c", WATCHER, "holdfast-watcher", folder],
      stdin: "piped",
      stdout: "null",
      stderr: "null",
    }).spawn();
    watcher.unref();
    const before = setEnvironment({
      HOLDFAST_WORKERD: PROGRAM,
      MINIFLARE_WORKERD_PATH: script,
      // What Miniflare writes for the time of its run goes with the folder.
      TMPDIR: folder,
    });
    return new WorkerdGuard(folder, watcher, before);
  }

  /**
   * Asks workerd to end, which answers the requests it has; past the limit it is killed. It does not
   * come again. `ended` is when its output has ended.
   */
  async end(ended: Promise<unknown>, limitMs: number): Promise<void> {
    await Deno.writeTextFile(`${this.folder}/stopping`, "");
    const pid = await this.#pid();
    if (pid === null) return;
    send(pid, "SIGTERM");
    const timer = setTimeout(() => send(pid, "SIGKILL"), limitMs);
    await ended;
    clearTimeout(timer);
    await Deno.remove(this.#pidFile);
  }

  /** Lets go, once Miniflare has been disposed of; a workerd that was not asked to end is killed. */
  async close(): Promise<void> {
    const pid = await this.#pid();
    if (pid !== null) send(pid, "SIGKILL");
    setEnvironment(this.before);
    // Without its folder the watcher has nothing to do any more.
    await Deno.remove(this.folder, { recursive: true });
    this.watcher.ref();
    await this.watcher.stdin.close();
    await this.watcher.status;
  }

  get #pidFile(): string {
    return `${this.folder}/pid`;
  }

  /** The number of the workerd that was started last; null when there is none. */
  async #pid(): Promise<number | null> {
    const text = await readText(new URL(`file://${this.#pidFile}`));
    return text ? Number(text) : null;
  }
}

/**
 * Runs workerd and leaves its number. Ctrl-C is for the process that asks workerd to end. When it has
 * been asked, this script outlives it, for Miniflare would start it again, and is killed by Miniflare;
 * its output ends with workerd's.
 */
const STARTED_AS_WORKERD = `#!/bin/sh
folder=$(dirname "$0")
if [ -e "$folder/stopping" ] || [ -e "$folder/over" ]; then exit 1; fi
trap '' INT HUP
exec 4<&0
"$HOLDFAST_WORKERD" "$@" <&4 4<&- &
echo $! > "$folder/pid"
exec 4<&- < /dev/null
wait $!
code=$?
if [ -e "$folder/over" ] || [ ! -e "$folder/stopping" ]; then exit $code; fi
exec sleep 60 > /dev/null 2>&1 3>&-
`;

/** A workerd that is just about to start is waited for, but not for long. */
const WATCHER = `
trap '' INT TERM HUP
cat > /dev/null
[ -d "$1" ] || exit 0
: > "$1/over"
looks=0
while [ ! -s "$1/pid" ] && [ $looks -lt 10 ]; do sleep 0.1; looks=$((looks + 1)); done
[ -s "$1/pid" ] && kill -KILL "$(cat "$1/pid")"
rm -rf "$1"
`;

/** A process that has ended by itself needs no signal. */
function send(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Sets variables, or takes them away, and answers what they were. */
function setEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const before: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(variables)) {
    before[name] = Deno.env.get(name);
    if (value === undefined) Deno.env.delete(name);
    else Deno.env.set(name, value);
  }
  return before;
}
