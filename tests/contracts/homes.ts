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

/** The stores of one home of the application, opened empty, and how to close them. */
export interface Home extends Pick<Ports, "ledger" | "log" | "book" | "sessions"> {
  close(): Promise<void>;
}

/** Every home that the contracts are run against, by name. */
export const HOMES: { readonly [name: string]: () => Promise<Home> } = {
  memory: openMemory,
  "Deno KV in memory": () => openKvHome(":memory:"),
  "Deno KV on disk": openKvOnDisk,
};

function openMemory(): Promise<Home> {
  const database = new MemoryDatabase();
  return Promise.resolve({
    ledger: new MemoryLedger(database),
    log: new MemoryAuditLog(database),
    book: new MemoryBook(database),
    sessions: new MemorySessions(database),
    close: () => Promise.resolve(),
  });
}

async function openKvHome(path: string): Promise<Home> {
  const kv = await Deno.openKv(path);
  // Without a queue, nothing drains the outbox behind a test's back.
  const backend = { ...SQLITE_BACKEND, queues: false };
  const ledger = new KvLedger(kv, backend, () => {});
  return {
    ledger,
    log: new KvAuditLog(kv, backend, ledger),
    book: new KvBook(kv, backend),
    sessions: new KvSessions(kv, systemClock),
    close: () => Promise.resolve(kv.close()),
  };
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
