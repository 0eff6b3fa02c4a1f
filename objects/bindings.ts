import type { CatalogueCalls } from "../lib/adapters/cloudflare/catalogue_calls.ts";
import type { LogCalls } from "../lib/adapters/cloudflare/log_calls.ts";
import type { MarketCalls } from "../lib/adapters/cloudflare/market_calls.ts";
import type { SessionCalls } from "../lib/adapters/cloudflare/object_sessions.ts";
import type { OutboxCalls } from "../lib/adapters/cloudflare/outbox_calls.ts";
import type {
  D1Database,
  MessageQueue,
  ObjectNamespace,
} from "../lib/adapters/cloudflare/platform.ts";
import type { AccountCalls } from "./account_calls.ts";
import type { MarketUseCases } from "./market_use_cases.ts";

/** What `wrangler.jsonc` binds for the ledger. */
export interface LedgerBindings {
  readonly ACCOUNTS: ObjectNamespace<AccountCalls>;
  readonly MARKETS: ObjectNamespace<MarketCalls & OutboxCalls & MarketUseCases>;
  readonly LOG: ObjectNamespace<LogCalls>;
  readonly CATALOGUE: ObjectNamespace<CatalogueCalls>;
  readonly SESSIONS: ObjectNamespace<SessionCalls>;
  /** Entries on their way to the log, as text. */
  readonly ENTRIES: MessageQueue<string>;
  /** The log's records for questions about one chain. */
  readonly RECORDS: D1Database;
}

/** Their names: without any of them nothing is served. */
export const LEDGER_BINDINGS = [
  "ACCOUNTS",
  "MARKETS",
  "LOG",
  "CATALOGUE",
  "SESSIONS",
  "ENTRIES",
  "RECORDS",
] as const satisfies readonly (keyof LedgerBindings)[];
