import type { Contender } from "../contender.ts";
import { HttpCeiling } from "./http_ceiling.ts";
import { LedgerInProcess } from "./ledger_in_process.ts";
import { LedgerOverHttp } from "./ledger_over_http.ts";
import { OneAtomicABet } from "./one_atomic_a_bet.ts";
import { PostgresFunction } from "./postgres_function.ts";
import { PostgresRowLock } from "./postgres_row_lock.ts";
import { RedisScript } from "./redis_script.ts";

/** What a contender may need to get ready. */
export interface Surroundings {
  /** An empty folder of its own. */
  readonly folder: string;
  /** How many clients will ask at once. */
  readonly clients: number;
  /** A name, or number, that no other contender uses in the same server. */
  readonly database: number;
  /** Where the peers listen; null where they were not started. */
  readonly redisSocket: string | null;
  readonly postgresSocketFolder: string | null;
}

/** Every contender by the name it has on the command line and in the tables. */
export const CONTENDERS = {
  "redis": (given) =>
    new RedisScript({
      ...{ socketPath: started(given.redisSocket), database: given.database },
      connections: REDIS_CONNECTIONS,
    }),
  "postgres-function": (given) => new PostgresFunction(postgresFor(given)),
  "postgres-row-lock": (given) => new PostgresRowLock(postgresFor(given)),
  "one-atomic": ({ folder }) => new OneAtomicABet(folder),
  "ledger": ({ folder }) => new LedgerInProcess(folder),
  "ledger-http": (given) => new LedgerOverHttp(given),
  "http-ceiling": (given) => new HttpCeiling(given),
} as const satisfies { readonly [name: string]: (given: Surroundings) => Contender };

/** A contender's name. */
export type ContenderName = keyof typeof CONTENDERS;

/** Whether a text is a contender's name. */
export function isContenderName(text: string): text is ContenderName {
  return Object.hasOwn(CONTENDERS, text);
}

/**
 * Clients share these, as they would in one application: its library sends what they ask at once
 * together. From 1 to 256 connections Redis does much the same; around this many it did most.
 */
const REDIS_CONNECTIONS = 16;

function postgresFor({ postgresSocketFolder, database }: Surroundings): {
  readonly socketFolder: string;
  readonly database: string;
} {
  return { socketFolder: started(postgresSocketFolder), database: `bench_${database}` };
}

function started(where: string | null): string {
  if (where === null) throw new Error("the peer's server was not started");
  return where;
}
