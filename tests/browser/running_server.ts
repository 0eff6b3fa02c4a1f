import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { buildIfStale } from "../../tasks/build.ts";
import { buildWorkerIfStale } from "../../tasks/cloudflare/build.ts";
import { linesOf, type ReadLines } from "./lines_of.ts";

/** The homes of the application, each with its program and what has to be built for it. */
const HOMES = {
  deno: { program: new URL("../../main.ts", import.meta.url).href, build: buildIfStale },
  workerd: {
    program: new URL("../../tasks/cloudflare/start.ts", import.meta.url).href,
    build: buildWorkerIfStale,
  },
};

/** A home that a server can run in. */
export type ServerHome = keyof typeof HOMES;

/** Where servers run if a test does not say: HOLDFAST_TEST_HOME=workerd takes every test there. */
const USUAL_HOME: ServerHome = Deno.env.get("HOLDFAST_TEST_HOME") === "workerd"
  ? "workerd"
  : "deno";

const START_LINE = /^Holdfast listens on http:\/\/localhost:(\d+)/;

/** How long a server may take to start, and to stop after it was asked to; generous for a busy machine. */
const START_MS = 30_000;
const STOP_MS = 10_000;

/** How long a test may work with a server if it does not say: one that waits for ever has failed. */
const WORK_MS = 120_000;

/** How a test differs from others. */
interface ServerOptions {
  /** How long it may work with the server. */
  readonly workMs?: number;
  /** Where the server runs and keeps its data, if the folder is to outlive the server. */
  readonly folder?: string;
  readonly home?: ServerHome;
}

/** Processes that run now; none outlives the tests, however they end. */
const running = new Set<Deno.ChildProcess>();
addEventListener("unload", killAll);
for (const signal of ["SIGTERM", "SIGHUP"] as const) {
  Deno.addSignalListener(signal, endWith(signal));
}

const built = new Map<ServerHome, Promise<unknown>>();

/**
 * Runs the real server while `work` is under way: a process of its own, on a port that the system
 * chose, with a database in a folder that is gone afterwards. Then it is stopped as an operator would,
 * and must exit with 0; when `work` failed it is killed.
 */
export async function withServer(
  work: (server: RunningServer) => Promise<void>,
  { workMs = WORK_MS, folder, home = USUAL_HOME }: ServerOptions = {},
): Promise<void> {
  const building = built.get(home) ?? HOMES[home].build();
  built.set(home, building);
  await building;
  if (folder !== undefined) return await during(new RunningServer(folder, workMs, home), work);
  const own = await Deno.makeTempDir({ prefix: "holdfast_" });
  try {
    await during(new RunningServer(own, workMs, home), work);
  } finally {
    await Deno.remove(own, { recursive: true });
  }
}

async function during(
  server: RunningServer,
  work: (server: RunningServer) => Promise<void>,
): Promise<void> {
  try {
    await server.start();
    await within(server.workMs, work(server));
    if (server.isRunning) assertEquals(await server.stop(), 0, server.errors.join("\n"));
  } finally {
    if (server.isRunning) await server.kill();
  }
}

/** A server that {@link withServer} runs. */
export class RunningServer {
  #child: Deno.ChildProcess | null = null;
  #output: ReadLines | null = null;
  #errors: ReadLines | null = null;
  #port = 0;

  /** `folder` is where the process runs and keeps its data, `workMs` how long a test may use it. */
  constructor(
    readonly folder: string,
    readonly workMs: number,
    readonly home: ServerHome = "deno",
  ) {}

  /** What HOLDFAST_KV says: a file in a folder that the first start has to make. */
  get database(): string {
    return join(this.folder, "data", "holdfast.db");
  }

  /** What HOLDFAST_STATE says, as HOLDFAST_KV does for the other home. */
  get state(): string {
    return join(this.folder, "data", "workerd");
  }

  /** The number of the process. */
  get pid(): number {
    if (!this.#child) throw new Error("the server is not running");
    return this.#child.pid;
  }

  /** The server's address, without a slash at the end; the same after a restart. */
  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  get isRunning(): boolean {
    return this.#child !== null;
  }

  /** What the process has written to its standard output since it started. */
  get output(): readonly string[] {
    return this.#output?.lines ?? [];
  }

  /** What the process has written to its standard error since it started. */
  get errors(): readonly string[] {
    return this.#errors?.lines ?? [];
  }

  /** Starts the process and waits for its line. Again after it has ended: same data, same port. */
  async start(): Promise<void> {
    if (this.#child) throw new Error("the server is running already");
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", HOMES[this.home].program],
      cwd: this.folder,
      env: {
        PORT: String(this.#port),
        HOLDFAST_KV: this.database,
        HOLDFAST_STATE: this.state,
        NO_COLOR: "1",
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    running.add(child);
    this.#child = child;
    this.#output = linesOf(child.stdout);
    this.#errors = linesOf(child.stderr);
    const line = await this.#output.first(START_LINE, START_MS).catch((error) => {
      throw new Error(`the server did not start: ${this.errors.join("\n")}`, { cause: error });
    });
    this.#port = Number(START_LINE.exec(line)?.[1]);
  }

  /** Runs a second server on the same database while `work` is under way. */
  withAnother(work: (other: RunningServer) => Promise<void>): Promise<void> {
    return during(new RunningServer(this.folder, this.workMs, this.home), work);
  }

  /** Ends the process at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Asks the process to stop and waits until it has: its exit code. Past a deadline it is killed. */
  stop(signal: "SIGTERM" | "SIGINT" = "SIGTERM"): Promise<number> {
    return this.#end(signal);
  }

  async #end(signal: Deno.Signal): Promise<number> {
    const child = this.#child;
    if (!child) throw new Error("the server is not running");
    send(child, signal);
    const timer = setTimeout(() => send(child, "SIGKILL"), STOP_MS);
    const { code } = await child.status;
    clearTimeout(timer);
    await Promise.all([this.#output?.end, this.#errors?.end]);
    running.delete(child);
    this.#child = null;
    return code;
  }
}

async function within(limitMs: number, work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`not done in ${limitMs} ms`)), limitMs);
  await Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

/** Sends a signal; a process that has ended by itself tells so by its exit code. */
function send(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

function killAll(): void {
  for (const child of running) send(child, "SIGKILL");
}

/** What to do at a signal: end by it, as without a listener, but leave no process behind. */
function endWith(signal: Deno.Signal): () => void {
  return function end() {
    killAll();
    Deno.removeSignalListener(signal, end);
    Deno.kill(Deno.pid, signal);
  };
}
