import { createApp } from "../../app.ts";
import { MemoryAuditLog } from "../../lib/adapters/memory/memory_audit_log.ts";
import { MemoryBook } from "../../lib/adapters/memory/memory_book.ts";
import { MemoryDatabase } from "../../lib/adapters/memory/memory_database.ts";
import { MemoryLedger } from "../../lib/adapters/memory/memory_ledger.ts";
import { MemorySessions } from "../../lib/adapters/memory/memory_sessions.ts";
import { systemRandomness } from "../../lib/adapters/system/surroundings.ts";
import { OutboxDrainer } from "../../lib/app/outbox_drainer.ts";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { createServices, type Services } from "../../lib/app/services.ts";
import type { Selection } from "../../lib/domain/market.ts";
import { MATCH, NOON_MS, noWait, sha256 } from "../given.ts";
import { type MarketWanted, storeMatch } from "../market_entries.ts";

/** The whole application over memory, with one event on offer; requests go straight to its handler. */
export interface Site {
  readonly database: MemoryDatabase;
  readonly ledger: MemoryLedger;
  readonly services: Services;
  /** Asks for a path of the site. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Starts a session and answers its token. */
  signIn(role: "player" | "trader" | "auditor"): Promise<string>;
  /** Asks for a bet as a program does; `key` null sends none. */
  bet(asked: {
    readonly token: string;
    readonly key?: string | null;
    readonly body?: unknown;
  }): Promise<Response>;
  /** The same at any address of the API; a body that is left out is empty, and has no type. */
  post(path: string, asked: {
    readonly token: string;
    readonly key?: string | null;
    readonly body?: unknown;
  }): Promise<Response>;
  /** Moves what waits into the log. */
  drain(): Promise<void>;
  /** Has a trader make the market what {@link MATCH} says, with what is wanted otherwise. */
  change(wanted: MarketWanted): void;
  /** Lets the server's clock go on, or jump back; from noon on it stands still otherwise. */
  pass(ms: number): void;
}

/** Where the site is, as far as its requests know. */
export const ORIGIN = "http://localhost:8121";

/** The selection that tests bet on. */
export const HOME: Selection = MATCH.selections[0]!;

/** A single on "home" at its price, for 1.00. */
export const BET = {
  legs: [{ marketId: "match", selectionId: "home", price: "2.50" }],
  stakeMinor: 100,
};

/** Opens a site of its own for each test. */
export function openSite(options: { readonly demo?: boolean } = {}): Site {
  const database = new MemoryDatabase();
  const log = new MemoryAuditLog(database);
  const ledger = new MemoryLedger(database);
  let nowMs = NOON_MS;
  const ports = {
    ledger,
    log,
    book: new MemoryBook(database),
    sessions: new MemorySessions(database),
    clock: { nowMs: () => nowMs },
    randomness: systemRandomness,
    backoff: noWait,
    brake: { released: () => Promise.resolve(true) },
    sha256,
  };
  storeMatch(database);
  database.events.set("derby", {
    id: "derby",
    sport: "football",
    competition: "League",
    name: "Home v Away",
    startsAtMs: NOON_MS,
    marketIds: [MATCH.id],
  });
  const services = createServices(ports, { policy: DEFAULT_POLICY, demo: options.demo ?? true });
  const handler = createApp(() => Promise.resolve(services)).handler();
  const drainer = new OutboxDrainer({ log, backoff: noWait, sha256 }, {
    drainBatch: 200,
    attempts: 8,
  });
  const site: Site = {
    database,
    ledger,
    services,
    fetch: (path, init) => handler(new Request(ORIGIN + path, init)),
    async signIn(role) {
      const started = await services.startDemoSession({ role, name: null, keep: null });
      if (!started) throw new Error("no session");
      return started.token;
    },
    bet: ({ body = BET, ...asked }) => site.post("/api/bets", { ...asked, body }),
    post(path, { token, key = "key-1", body }) {
      return site.fetch(path, {
        method: "POST",
        headers: {
          ...bearer(token),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(key === null ? {} : { "idempotency-key": key }),
        },
        ...(body === undefined ? {} : { body: bodyOf(body) }),
      });
    },
    async drain() {
      await drainer.wake();
    },
    change: (wanted) => storeMatch(database, wanted),
    pass: (ms) => void (nowMs += ms),
  };
  return site;
}

/** Headers that show a token as programs do. */
export function bearer(token: string): { readonly authorization: string } {
  return { authorization: `Bearer ${token}` };
}

/** Text and bytes as they stand, anything else as JSON. */
function bodyOf(body: unknown): BodyInit {
  return typeof body === "string" || body instanceof Uint8Array
    ? body as BodyInit
    : JSON.stringify(body);
}
