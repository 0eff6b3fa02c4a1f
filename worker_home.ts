import { createHash } from "node:crypto";
import { MemoryAuditLog } from "./lib/adapters/memory/memory_audit_log.ts";
import { MemoryBook } from "./lib/adapters/memory/memory_book.ts";
import { MemoryDatabase } from "./lib/adapters/memory/memory_database.ts";
import { MemoryLedger } from "./lib/adapters/memory/memory_ledger.ts";
import { MemorySessions } from "./lib/adapters/memory/memory_sessions.ts";
import {
  systemBackoff,
  systemClock,
  systemRandomness,
} from "./lib/adapters/system/surroundings.ts";
import { offerDemoBook } from "./lib/app/offer_demo_book.ts";
import { OutboxDrainer } from "./lib/app/outbox_drainer.ts";
import { DEFAULT_POLICY as policy } from "./lib/app/policy.ts";
import { createServices, type Services } from "./lib/app/services.ts";

/**
 * The application inside one isolate of workerd, forgotten with it. It stands in for the home on
 * Durable Objects, so that the site has something to stand on.
 */
export async function wireWorkerHome({ demo }: { readonly demo: boolean }): Promise<Services> {
  const database = new MemoryDatabase();
  const book = new MemoryBook(database);
  const log = new MemoryAuditLog(database);
  const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
  const surroundings = { clock: systemClock, randomness: systemRandomness, backoff: systemBackoff };
  const drainer = new OutboxDrainer({ log, sha256, ...surroundings }, {
    drainBatch: policy.drainBatch,
    attempts: policy.commitAttempts,
  });
  const services = createServices({
    ledger: new MemoryLedger(database, () => void drainer.wake()),
    log,
    book,
    sessions: new MemorySessions(database),
    brake: { released: () => Promise.resolve(true) },
    sha256,
    ...surroundings,
  }, { policy, demo });
  if (demo) await offerDemoBook(services, systemClock.nowMs());
  return services;
}
