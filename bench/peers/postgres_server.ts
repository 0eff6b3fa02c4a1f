import { findOrInstall } from "./debian_packages.ts";
import { startServer } from "./server_process.ts";

/** A PostgreSQL of this run's own. */
export interface PostgresServer extends AsyncDisposable {
  readonly pid: number;
  /** The folder of its socket, which only the owner of the run's folder reaches. */
  readonly socketFolder: string;
  readonly version: string;
}

/** Debian's packages bring this user along; PostgreSQL refuses to run as root. */
const POSTGRES_USER = "postgres";

/** Debian keeps each major version in a folder of its own. */
const DEBIAN_VERSIONS = "/usr/lib/postgresql";

/** Settings that differ from PostgreSQL's own. Durability is as it comes, and spelled out. */
const SETTINGS = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  listen_addresses: "",
  max_connections: "300",
  // Room, so that neither reads nor checkpoints are what bounds it.
  shared_buffers: "512MB",
  max_wal_size: "8GB",
  checkpoint_timeout: "30min",
};

/** Starts an empty PostgreSQL under `folder`, with durability on. */
export async function startPostgres(folder: string): Promise<PostgresServer> {
  const programs = await findOrInstall("postgresql", newestPrograms);
  const user = Deno.uid() === 0 ? POSTGRES_USER : null;
  const dataFolder = `${folder}/postgres`;
  await Deno.mkdir(dataFolder, { mode: 0o700 });
  if (user !== null) await run("chown", [user, dataFolder]);
  const asUser = user === null ? [] : [`--reuid=${user}`, `--regid=${user}`, "--init-groups"];
  const how = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"];
  const cluster = `${dataFolder}/cluster`;
  await run("setpriv", [...asUser, "--", `${programs.folder}/initdb`, "-D", cluster, ...how]);
  const settings = { ...SETTINGS, unix_socket_directories: dataFolder };
  const server = await startServer({
    name: "PostgreSQL",
    command: `${programs.folder}/postgres`,
    args: [
      ...["-D", cluster],
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    user,
    stopSignal: "SIGINT",
    answers: () => run(`${programs.folder}/pg_isready`, ["-h", dataFolder]),
  });
  return { ...server, socketFolder: dataFolder, version: programs.version };
}

async function newestPrograms(): Promise<{ folder: string; version: string } | null> {
  const majors: number[] = [];
  try {
    for await (const { name } of Deno.readDir(DEBIAN_VERSIONS)) majors.push(Number(name));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  for (const major of majors.sort((a, b) => b - a)) {
    const folder = `${DEBIAN_VERSIONS}/${major}/bin`;
    try {
      const { stdout } = await new Deno.Command(`${folder}/postgres`, { args: ["--version"] })
        .output();
      const version = /\) ([0-9.]+)/.exec(new TextDecoder().decode(stdout))?.[1] ?? String(major);
      return { folder, version };
    } catch (error) {
      // The client's package has such a folder too, without the server in it.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return null;
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
    cwd: "/",
    stdin: "null",
  }).output();
  if (success) return;
  const decoder = new TextDecoder();
  throw new Error(`${command} failed: ${decoder.decode(stderr) || decoder.decode(stdout)}`);
}
