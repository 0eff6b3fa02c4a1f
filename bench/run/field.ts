import type { ContenderName } from "../contenders/all.ts";
import { type PostgresServer, startPostgres } from "../peers/postgres_server.ts";
import { type RedisServer, startRedis } from "../peers/redis_server.ts";
import type { Options } from "./options.ts";
import { OVER_HTTP } from "./plan.ts";
import { StartedContender } from "./started_contender.ts";

/** The peers' servers and the contenders of a run, which are started when they are first wanted. */
export class Field implements AsyncDisposable {
  readonly #stack = new AsyncDisposableStack();
  readonly #contenders = new Map<string, StartedContender>();
  redis: RedisServer | null = null;
  postgres: PostgresServer | null = null;
  #databases = 0;
  #abandoned = false;

  /** `folder` is the run's own. */
  constructor(readonly folder: string, readonly options: Options) {}

  /** Starts the servers of the peers that take part. */
  async startPeers(): Promise<void> {
    const { only } = this.options;
    if (only.includes("redis")) this.redis = this.#stack.use(await startRedis(this.folder));
    if (only.some((name) => name.startsWith("postgres"))) {
      this.postgres = this.#stack.use(await startPostgres(this.folder));
    }
  }

  /** The contender with so many accounts; `purpose` tells apart several of the same kind. */
  async contender(
    name: ContenderName,
    { accounts, purpose }: { readonly accounts: number; readonly purpose: string },
  ): Promise<StartedContender> {
    const known = this.#contenders.get(`${name} ${purpose}`);
    if (known) return known;
    if (this.#abandoned) throw new Error("the run was given up");
    const database = this.#databases++;
    const folder = `${this.folder}/${name}-${database}`;
    await Deno.mkdir(folder);
    const started = this.#stack.use(
      new StartedContender(name, {
        ...{ folder, database, clients: this.clients(name) },
        redisSocket: this.redis?.socketPath ?? null,
        postgresSocketFolder: this.postgres?.socketFolder ?? null,
      }),
    );
    this.#contenders.set(`${name} ${purpose}`, started);
    await started.do("open", { accounts });
    await started.do("settle", null);
    return started;
  }

  clients(name: ContenderName): number {
    return OVER_HTTP.includes(name) ? this.options.httpClients : this.options.clients;
  }

  /** The processes that a contender's memory is spread over. A peer's server counts whole. */
  processesOf(contender: StartedContender): readonly number[] {
    const servers = contender.name === "redis"
      ? [this.redis?.pid]
      : contender.name.startsWith("postgres")
      ? [this.postgres?.pid]
      : [];
    return [contender.pid, ...servers.filter((pid) => pid !== undefined)];
  }

  /** Ends the contenders where they stand, for when nobody waits for their answers any more. */
  abandon(): void {
    this.#abandoned = true;
    for (const contender of this.#contenders.values()) contender.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}
