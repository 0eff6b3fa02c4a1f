/** A server that this run started, and the only one it stops. */
export interface ServerProcess extends AsyncDisposable {
  readonly pid: number;
}

/** How long a server may take to answer after its start, and to end after it was told to. */
const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 10_000;
const ASK_AGAIN_MS = 50;

/**
 * Starts a server and waits until `answers` does not throw. It ends with `stopSignal`, or by force when
 * it does not listen; the kernel sends the same signal should this process die without a word.
 */
export async function startServer(server: {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The user it runs as; null for our own. */
  readonly user: string | null;
  readonly env?: Record<string, string>;
  readonly stopSignal: "SIGINT" | "SIGTERM";
  answers(): Promise<void>;
}): Promise<ServerProcess> {
  const { name, command, args, user, stopSignal } = server;
  const asUser = user === null ? [] : [`--reuid=${user}`, `--regid=${user}`, "--init-groups"];
  // setpriv becomes the server, so that the process id is the server's own.
  const child = new Deno.Command("setpriv", {
    args: [...asUser, `--pdeathsig=${stopSignal.slice(3)}`, "--", command, ...args],
    env: server.env ?? {},
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let ended = false;
  const said = new Response(child.stderr).text();
  const status = child.status.then((status) => {
    ended = true;
    return status;
  });
  const stop = async () => {
    if (!ended) child.kill(stopSignal);
    const force = setTimeout(() => ended || child.kill("SIGKILL"), STOP_LIMIT_MS);
    await status;
    clearTimeout(force);
  };
  const giveUpAt = performance.now() + START_LIMIT_MS;
  let lastError: unknown = null;
  while (!ended && performance.now() < giveUpAt) {
    try {
      await server.answers();
      return { pid: child.pid, [Symbol.asyncDispose]: stop };
    } catch (error) {
      lastError = error;
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }
  await stop();
  throw new Error(`${name} did not start: ${lastError}\n${await said}`);
}
