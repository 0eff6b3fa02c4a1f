import type { ReservationHolder } from "../lib/adapters/cloudflare/market_calls.ts";
import type { OutboxCalls } from "../lib/adapters/cloudflare/outbox_calls.ts";
import type { Parcel } from "../lib/adapters/cloudflare/parcel.ts";
import type { Page, PageRequest } from "../lib/app/account_history.ts";
import type { BetRequest } from "../lib/app/backing.ts";
import type { HoldAnswer, HoldRequest } from "../lib/app/holds.ts";
import type { BetAnswer } from "../lib/app/place_bet.ts";
import type { AccountState } from "../lib/domain/account.ts";
import type { Bet } from "../lib/domain/bet.ts";
import type { AccountEntry } from "../lib/domain/entry.ts";
import type { HoldFate } from "../lib/domain/hold.ts";

/** An answer, and the entries that were stored since the last one, to be taken to the log. */
export interface WithParcels<Answer> {
  readonly answer: Answer;
  readonly parcels: readonly Parcel[];
}

/** What the site asks of one account's object: the use cases about that account. */
export interface AccountCalls extends OutboxCalls, ReservationHolder {
  /** Opens the account with the demo's play money; null when the store could not take it. */
  openDemo(letters: string): Promise<WithParcels<string | null>>;
  placeBet(request: BetRequest): Promise<WithParcels<BetAnswer>>;
  authoriseHold(request: BetRequest): Promise<WithParcels<HoldAnswer>>;
  confirmHold(request: HoldRequest): Promise<WithParcels<HoldAnswer>>;
  voidHold(request: HoldRequest): Promise<WithParcels<HoldAnswer>>;
  /** Ends the account's hold if it is dead by now; answers how many that were. */
  sweepHolds(): Promise<WithParcels<number>>;
  hold(accountId: string, holdId: string): Promise<HoldFate | null>;
  account(accountId: string): Promise<AccountState | null>;
  bets(accountId: string, page: PageRequest): Promise<Page<Bet>>;
  bet(accountId: string, betId: string): Promise<Bet | null>;
  statement(accountId: string, page: PageRequest): Promise<Page<AccountEntry>>;
  request(accountId: string, requestId: string): Promise<AccountEntry | null>;
}
