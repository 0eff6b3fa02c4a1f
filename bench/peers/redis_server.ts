import { findOrInstall } from "./debian_packages.ts";
import { startServer } from "./server_process.ts";

/** A Redis of this run's own. */
export interface RedisServer extends AsyncDisposable {
  readonly pid: number;
  /** Where it listens: a socket that only the owner of the run's folder reaches. */
  readonly socketPath: string;
  readonly version: string;
}

/**
 * Starts an empty Redis under `folder`. A reply leaves only after its write was synced to the
 * append-only file (`appendfsync always`); the file is never rewritten, which spares Redis that work.
 */
export async function startRedis(folder: string): Promise<RedisServer> {
  const version = await findOrInstall("redis-server", redisVersion);
  const dataFolder = `${folder}/redis`;
  const socketPath = `${folder}/redis.sock`;
  await Deno.mkdir(dataFolder, { mode: 0o700 });
  const server = await startServer({
    name: "Redis",
    command: "redis-server",
    args: [
      ...["--port", "0", "--unixsocket", socketPath, "--unixsocketperm", "700"],
      ...["--dir", dataFolder, "--save", "", "--maxclients", "2000"],
      ...["--appendonly", "yes", "--appendfsync", "always"],
      ...["--auto-aof-rewrite-percentage", "0"],
    ],
    user: null,
    stopSignal: "SIGTERM",
    answers: async () => void (await Deno.connect({ transport: "unix", path: socketPath })).close(),
  });
  return { ...server, socketPath, version };
}

async function redisVersion(): Promise<string | null> {
  try {
    const { stdout } = await new Deno.Command("redis-server", { args: ["--version"] }).output();
    return /v=([0-9.]+)/.exec(new TextDecoder().decode(stdout))?.[1] ?? "unknown";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
