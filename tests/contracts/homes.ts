import { Checkpointer } from "../../lib/adapters/deno_kv/checkpointer.ts";
import { KvAuditLog } from "../../lib/adapters/deno_kv/kv_audit_log.ts";
import { KvBook } from "../../lib/adapters/deno_kv/kv_book.ts";
import { KvLedger } from "../../lib/adapters/deno_kv/kv_ledger.ts";
import { KvSessions } from "../../lib/adapters/deno_kv/kv_sessions.ts";
import { SQLITE_BACKEND } from "../../lib/adapters/deno_kv/kv_backend.ts";
import { MemoryAuditLog } from "../../lib/adapters/memory/memory_audit_log.ts";
import { MemoryBook } from "../../lib/adapters/memory/memory_book.ts";
import { MemoryDatabase } from "../../lib/adapters/memory/memory_database.ts";
import { MemoryLedger } from "../../lib/adapters/memory/memory_ledger.ts";
import { MemorySessions } from "../../lib/adapters/memory/memory_sessions.ts";
import { systemClock } from "../../lib/adapters/system/surroundings.ts";
import type { Ports } from "../../lib/app/services.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import type { LedgerStore } from "../../lib/ports/ledger_store.ts";
import { NOON_MS } from "../given.ts";
import { putMarket } from "../market_entries.ts";

/** The stores of one home of the application, opened empty, and how to close them. */
export interface Home extends Pick<Ports, "ledger" | "log" | "book" | "sessions"> {
  /** Offers a market, or changes it to be as it is given. */
  put(market: MarketState): Promise<void>;
  /** Lets the store put in order what it has; nothing that is read may change by it. */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}

/** The event that the contracts' markets belong to. */
export const DERBY = {
  id: "derby",
  sport: "football",
  competition: "League",
  name: "Home v Away",
  startsAtMs: NOON_MS,
  marketIds: ["match"],
} as const;

/** Every home that the contracts are run against, by name. */
export const HOMES: { readonly [name: string]: () => Promise<Home> } = {
  memory: openMemory,
  "Deno KV in memory": () => openKvHome(":memory:"),
  "Deno KV on disk": openKvOnDisk,
  "Deno KV, checkpoint after every commit": openKvCheckpointing,
};

function openMemory(): Promise<Home> {
  const database = new MemoryDatabase();
  const ledger = new MemoryLedger(database);
  return Promise.resolve({
    ledger,
    log: new MemoryAuditLog(database),
    book: new MemoryBook(database),
    sessions: new MemorySessions(database),
    put: (market) => putMarket(ledger, market),
    checkpoint: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
}

async function openKvHome(path: string): Promise<Home & { readonly ledger: KvLedger }> {
  const kv = await Deno.openKv(path);
  // Without a queue, nothing drains the outbox behind a test's back.
  const backend = { ...SQLITE_BACKEND, queues: false };
  const ledger = new KvLedger(kv, backend, () => {});
  const checkpointer = new Checkpointer(kv, ledger);
  return {
    ledger,
    log: new KvAuditLog(kv, backend, ledger),
    book: new KvBook(kv, ledger),
    sessions: new KvSessions(kv, systemClock),
    put: (market) => putMarket(ledger, market),
    checkpoint: async () => void await checkpointer.run(),
    close: () => Promise.resolve(kv.close()),
  };
}

/** Every entry is drawn into rows as soon as it is committed, and the journal's tail is empty. */
async function openKvCheckpointing(): Promise<Home> {
  const home = await openKvHome(":memory:");
  const { ledger, checkpoint } = home;
  const commit: LedgerStore["commit"] = ledger.commit.bind(ledger);
  ledger.commit = async (view, entries) => {
    const outcome = await commit(view, entries);
    await checkpoint();
    return outcome;
  };
  return home;
}

async function openKvOnDisk(): Promise<Home> {
  const folder = await Deno.makeTempDir({ prefix: "holdfast-" });
  const home = await openKvHome(`${folder}/holdfast.db`);
  return {
    ...home,
    close: async () => {
      await home.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}
