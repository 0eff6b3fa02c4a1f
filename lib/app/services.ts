import type { Head, StoredRecord } from "../audit/chain.ts";
import type { Sha256 } from "../audit/hash.ts";
import { accountAt, type AccountState } from "../domain/account.ts";
import type { Bet } from "../domain/bet.ts";
import { type AccountEntry, accountEntry } from "../domain/entry.ts";
import type { SelectionRef } from "../domain/exposure.ts";
import type { HoldFate } from "../domain/hold.ts";
import type { MarketState } from "../domain/market.ts";
import type { AuditLog } from "../ports/audit_log.ts";
import type { Book, OfferedEvent } from "../ports/book.ts";
import type { LedgerStore } from "../ports/ledger_store.ts";
import type { Role, Session, SessionStore } from "../ports/session_store.ts";
import type { Backoff, Clock, Randomness } from "../ports/surroundings.ts";
import {
  findBet,
  listBets,
  listStatement,
  type Page,
  type PageRequest,
} from "./account_history.ts";
import type { BetRequest } from "./backing.ts";
import { changeMarket, type MarketAnswer, type MarketAsking } from "./change_market.ts";
import { endSession, findSession, startDemoSession, type StartedSession } from "./demo_sessions.ts";
import { type Brake, GroupCommitter } from "./group_committer.ts";
import { HoldSweeper } from "./hold_sweeper.ts";
import {
  authoriseHold,
  confirmHold,
  findHold,
  type HoldAnswer,
  type HoldRequest,
  voidHold,
} from "./holds.ts";
import { offerEvent } from "./offer_event.ts";
import { type BetAnswer, placeBet } from "./place_bet.ts";
import type { Policy } from "./policy.ts";

/** Everything outside that the application stands on. */
export interface Ports {
  readonly ledger: LedgerStore;
  readonly log: AuditLog;
  readonly book: Book;
  readonly sessions: SessionStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly backoff: Backoff;
  readonly brake: Brake;
  readonly sha256: Sha256;
}

/** What the routes can ask for: one method a use case. */
export interface Services {
  readonly policy: Policy;
  /** Whether anybody may open a demo session: play money, no identity. */
  readonly demo: boolean;
  nowMs(): number;
  /** A request id for what a page asks on somebody's behalf; no two are the same. */
  newRequestId(): string;

  placeBet(request: BetRequest): Promise<BetAnswer>;
  authoriseHold(request: BetRequest): Promise<HoldAnswer>;
  confirmHold(request: HoldRequest): Promise<HoldAnswer>;
  voidHold(request: HoldRequest): Promise<HoldAnswer>;
  /** One of the account's own holds, as it stands now; null for any other. */
  hold(accountId: string, holdId: string): Promise<HoldFate | null>;
  /** Ends the holds that are dead by now; answers how many. */
  sweepHolds(): Promise<number>;
  /** Liability in minor units of each selection, in their order. */
  exposures(selections: readonly SelectionRef[]): Promise<readonly number[]>;
  /** The account as it is now; null when it does not exist. */
  account(accountId: string): Promise<AccountState | null>;
  bets(accountId: string, page: PageRequest): Promise<Page<Bet>>;
  bet(accountId: string, betId: string): Promise<Bet | null>;
  /** The entries that moved money. */
  statement(accountId: string, page: PageRequest): Promise<Page<AccountEntry>>;
  /** What became of a request; null when nothing was decided under its id. */
  request(accountId: string, requestId: string): Promise<AccountEntry | null>;

  events(): Promise<readonly OfferedEvent[]>;
  event(eventId: string): Promise<OfferedEvent | null>;
  market(marketId: string): Promise<MarketState | null>;
  /** Puts an event with its markets on offer; false when the store could not take it now. */
  offerEvent(offered: OfferedEvent): Promise<boolean>;
  /** Suspends, resumes or closes a market, or sets its prices or caps. */
  changeMarket(request: MarketAsking): Promise<MarketAnswer>;

  /** Null when the store could not open an account now. */
  startDemoSession(asked: {
    readonly role: Role;
    readonly name: string | null;
    readonly keep: Pick<Session, "accountId" | "staffId"> | null;
  }): Promise<StartedSession | null>;
  session(token: string): Promise<Session | null>;
  endSession(token: string): Promise<void>;

  auditHead(): Promise<Head>;
  /** Records numbered above `after`, of one chain (`chainOf`) or of all, at most `limit`. */
  auditRecords(asked: {
    readonly chain: string | null;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly StoredRecord[]>;
  /** Throws when the store does not answer. */
  ready(): Promise<void>;
}

/** Enough that no two ever meet. */
const REQUEST_ID_LETTERS = 24;

/** The application on the given ports. Opens nothing and starts nothing. */
export function createServices(
  ports: Ports,
  options: { readonly policy: Policy; readonly demo: boolean },
): Services {
  const { ledger, log, book } = ports;
  const { policy, demo } = options;
  const committer = new GroupCommitter(ports, policy);
  const sweeper = new HoldSweeper({ ...ports, committer });
  const asking = { ...ports, committer };
  return {
    policy,
    demo,
    nowMs: () => ports.clock.nowMs(),
    newRequestId: () => ports.randomness.letters(REQUEST_ID_LETTERS),
    placeBet: (request) => placeBet(asking, policy, request),
    authoriseHold: (request) => authoriseHold(asking, policy, request),
    confirmHold: (request) => confirmHold(asking, request),
    voidHold: (request) => voidHold(asking, request),
    hold: (accountId, holdId) => findHold(ledger, accountId, { holdId, atMs: ports.clock.nowMs() }),
    sweepHolds: () => sweeper.sweep(),
    exposures: (selections) => ledger.exposures(selections),
    account: async (accountId) => {
      const newest = await ledger.newest(accountId);
      return newest && accountAt(newest.state, ports.clock.nowMs());
    },
    bets: (accountId, page) => listBets(ledger, accountId, page),
    bet: (accountId, betId) => findBet(ledger, accountId, betId),
    statement: (accountId, page) => listStatement(ledger, accountId, page),
    request: async (accountId, requestId) => {
      const entry = await ledger.answer(accountId, requestId);
      return entry && accountEntry(entry);
    },
    events: () => book.events(),
    event: (eventId) => book.event(eventId),
    market: (marketId) => book.market(marketId),
    offerEvent: (offered) => offerEvent(asking, offered),
    changeMarket: (request) => changeMarket(asking, request),
    startDemoSession: (asked) => startDemoSession(asking, policy, asked),
    session: (token) => findSession(asking, token),
    endSession: (token) => endSession(asking, token),
    auditHead: () => log.head(),
    auditRecords: ({ chain, after, limit }) =>
      chain === null ? log.read({ after, limit }) : log.readChain({ chain, after, limit }),
    ready: async () => {
      await log.head();
    },
  };
}
