import workerd from "workerd";

/** The program's path; the package is a CommonJS module, so its default stands one step further in. */
const PROGRAM: string = workerd.default;

/**
 * Keeps workerd from outliving this process, whatever ends it. Miniflare starts workerd through a
 * script that leaves its number behind; a shell that does nothing but wait for the end of a pipe which
 * only this process holds kills it by that number. It needs a POSIX shell.
 */
export class WorkerdGuard {
  private constructor(readonly folder: string, readonly watcher: Deno.ChildProcess) {}

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
    Deno.env.set("HOLDFAST_WORKERD", PROGRAM);
    Deno.env.set("MINIFLARE_WORKERD_PATH", script);
    // What Miniflare writes for the time of its run goes with the folder.
    Deno.env.set("TMPDIR", folder);
    return new WorkerdGuard(folder, watcher);
  }

  /**
   * Asks workerd to end, which answers the requests it has; past the limit it is killed. It does not
   * come again. `ended` is when its output has ended.
   */
  async end(ended: Promise<unknown>, limitMs: number): Promise<void> {
    await Deno.writeTextFile(`${this.folder}/stopping`, "");
    const pid = Number(await Deno.readTextFile(`${this.folder}/pid`).catch(() => "0"));
    if (pid > 0) {
      send(pid, "SIGTERM");
      const timer = setTimeout(() => send(pid, "SIGKILL"), limitMs);
      await ended;
      clearTimeout(timer);
    }
  }

  /** Lets go, once workerd and Miniflare have ended. */
  async close(): Promise<void> {
    // Without its folder the watcher has nothing to do any more.
    await Deno.remove(this.folder, { recursive: true });
    this.watcher.ref();
    await this.watcher.stdin.close();
    await this.watcher.status;
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
