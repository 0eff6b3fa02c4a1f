import { setToWork, wireDenoHome } from "../../deno_home.ts";
import { openKv } from "../../lib/adapters/deno_kv/open_kv.ts";
import {
  systemBackoff,
  systemClock,
  systemRandomness,
} from "../../lib/adapters/system/surroundings.ts";
import { DEFAULT_POLICY as policy } from "../../lib/app/policy.ts";
import type { Services } from "../../lib/app/services.ts";
import { accountIdAt, marketAt, MARKETS, PRICE, selectionAt, STAKE_MINOR } from "../book.ts";
import type { AuditWatch, BenchBet, Contender } from "../contender.ts";
import { hasRecord } from "./has_record.ts";
import { seedAccounts } from "./seed_accounts.ts";

/** How long putting the engine down may take. */
const CLOSE_MS = 10_000;

/** The engine at work: what the load calls, and how to wait for its log and put it down. */
export interface Engine {
  readonly services: Services;
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Our ledger without HTTP: the use cases over Deno KV in a file, wired as the program wires them. */
export class LedgerInProcess implements Contender {
  #engine: Engine | null = null;

  constructor(readonly folder: string, readonly wire: typeof wireEngine = wireEngine) {}

  async open(accounts: number): Promise<void> {
    this.#engine = await this.wire(`${this.folder}/holdfast.db`, accounts);
  }

  async place(bet: BenchBet): Promise<"placed" | "refused"> {
    const { services } = this.#opened();
    const accountId = accountIdAt(bet.accountIndex);
    const answer = await services.placeBet({
      accountId,
      requestId: bet.requestId,
      actor: `player:${accountId}`,
      legs: [{ ...selectionAt(bet.selectionIndex), price: PRICE }],
      stakeMinor: STAKE_MINOR,
      priceChange: "none",
      atMs: services.nowMs(),
    });
    if (answer.kind === "unknown") throw new Error("the outcome of a bet is unknown");
    return answer.kind === "placed" ? "placed" : "refused";
  }

  async settle(): Promise<void> {
    await this.#opened().drain();
  }

  get audit(): AuditWatch {
    const { services } = this.#opened();
    return {
      size: async () => (await services.auditHead()).size,
      has: ({ accountIndex, requestId, after }) =>
        hasRecord(requestId, after, async (after, limit) => {
          const chain = accountIdAt(accountIndex);
          const records = await services.auditRecords({ chain, after, limit });
          return records.map(({ seq, bytes }) => ({ seq, text: decoder.decode(bytes) }));
        }),
    };
  }

  async close(): Promise<void> {
    await this.#engine?.close();
  }

  #opened(): Engine {
    if (!this.#engine) throw new Error("the ledger is not open");
    return this.#engine;
  }
}

const decoder = new TextDecoder();

/** The engine of the day over a new file, with the benches' book and accounts in it. */
export async function wireEngine(path: string, accounts: number): Promise<Engine> {
  const database = await openKv(path);
  const surroundings = { clock: systemClock, randomness: systemRandomness, backoff: systemBackoff };
  const home = wireDenoHome(database, surroundings, {
    policy,
    demo: false,
    wake: () => void work.drain(),
  });
  const work = setToWork(home, database);
  for (let index = 0; index < MARKETS; index++) {
    const market = marketAt(index);
    const { id, eventId } = market;
    const event = {
      ...{ id: eventId, sport: "football", competition: "Bench", name: id } as const,
      ...{ startsAtMs: Date.now() + 3_600_000, marketIds: [id] },
    };
    const offered = await home.services.offerEvent({ event, markets: [market] });
    if (!offered) throw new Error(`market ${id} could not be opened`);
  }
  await seedAccounts(database.kv, database.backend, accounts);
  return {
    services: home.services,
    drain: async () => void await home.drain(),
    close: () => work.close(CLOSE_MS),
  };
}
