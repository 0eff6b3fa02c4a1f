import { BookDesk, rememberMarkets } from "../lib/adapters/cloudflare/book_desk.ts";
import { DeadLetters } from "../lib/adapters/cloudflare/dead_letters.ts";
import { Delivery } from "../lib/adapters/cloudflare/delivery.ts";
import { D1Records } from "../lib/adapters/cloudflare/d1_records.ts";
import { ObjectAuditLog } from "../lib/adapters/cloudflare/object_audit_log.ts";
import { Outboxes } from "../lib/adapters/cloudflare/outboxes.ts";
import type { LedgerBindings } from "./bindings.ts";
import { SURROUNDINGS } from "./surroundings.ts";

/** The markets that this isolate saw last; all objects in it share them. */
const SEEN_MARKETS = rememberMarkets();

/** The book as an account deals with it. */
export function bookDesk(env: LedgerBindings): BookDesk {
  return new BookDesk(env.MARKETS, SEEN_MARKETS);
}

/** The outboxes of all objects. */
export function outboxes(env: LedgerBindings): Outboxes {
  return new Outboxes({
    catalogue: env.CATALOGUE,
    log: env.LOG,
    accounts: env.ACCOUNTS,
    markets: env.MARKETS,
  });
}

/** The log as its readers see it. */
export function auditLog(env: LedgerBindings): ObjectAuditLog {
  return new ObjectAuditLog(
    env.LOG,
    new D1Records(env.RECORDS),
    outboxes(env),
  );
}

/** What brings entries from the queue to the log. */
export function delivery(env: LedgerBindings): Delivery {
  return new Delivery({ log: env.LOG, outboxes: outboxes(env) });
}

/** What becomes of messages that no delivery got through. */
export function deadLetters(env: LedgerBindings): DeadLetters {
  const { clock } = SURROUNDINGS;
  return new DeadLetters({ database: env.RECORDS, delivery: delivery(env), clock });
}
