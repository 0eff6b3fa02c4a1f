import type { AccountState } from "./account.ts";
import type { AccountCommand, PlaceBet } from "./commands.ts";
import { authorise, confirm, expire, voidHold } from "./decide_hold.ts";
import type { AccountEvent, BetPlaced, BetRefused } from "./events.ts";
import { evolve } from "./evolve.ts";
import { exposuresAfter } from "./exposure.ts";
import { type HoldFate, isDead } from "./hold.ts";
import { MAX_AMOUNT_MINOR } from "./money.ts";
import { transfer } from "./postings.ts";
import { type BookSeen, quote } from "./quote.ts";

/** What a decision looks at: the account (null before it is opened), the book, and the hold named. */
export interface Seen extends BookSeen {
  readonly account: AccountState | null;
  /** The hold that the command names; null when it names none, or one that is not the account's. */
  readonly hold: HoldFate | null;
}

/** The same, of an account that is open. */
export interface SeenOpen extends Seen {
  readonly account: AccountState;
}

/** What a command does: one event, or two when a dead hold has to end first. The last is the answer. */
export type Decided = readonly [AccountEvent, ...AccountEvent[]];

/**
 * The one place where it is decided what a command does. Pure and total over valid commands: the same
 * state and command give the same events in every home and on every retry. What cannot be done is an
 * event as well (`bet.refused`, `hold.refused`), because the log must show it. Throws only for defects:
 * a command for an account that is not there, a deposit beyond an amount.
 */
export function decide(seen: Seen, command: AccountCommand): Decided {
  const { account } = seen;
  if (command.type === "open") {
    if (account) throw new Error(`account ${command.accountId} is already open`);
    return [{ type: "account.opened", currency: command.currency, postings: [] }];
  }
  if (!account) throw new Error("the account is not open");
  const open: SeenOpen = { ...seen, account };
  if (command.type === "deposit") return [deposit(account, command.amountMinor)];
  if (command.type === "expire") return [expire(open, command)];
  if (!account.hold || !isDead(account.hold, command.atMs)) return [answer(open, command)];
  return answerAfterExpiry(open, command);
}

type Asked = Exclude<AccountCommand, { readonly type: "open" | "deposit" | "expire" }>;

function answer(seen: SeenOpen, command: Asked): AccountEvent {
  switch (command.type) {
    case "place":
      return place(seen, command);
    case "authorise":
      return authorise(seen, command);
    case "confirm":
      return confirm(seen, command);
    case "void":
      return voidHold(seen, command);
  }
}

/** A dead hold ends before anything else is decided, whoever comes first: a sweep or the customer. */
function answerAfterExpiry(seen: SeenOpen, command: Asked): Decided {
  const { hold } = seen.account;
  if (!hold) throw new Error("there is no hold that could be dead");
  const expired: AccountEvent = { type: "hold.expired", hold, postings: [] };
  const named = seen.hold?.hold.id === hold.id;
  const after: SeenOpen = {
    ...seen,
    account: evolve({ accountId: seen.account.id, state: seen.account }, expired),
    exposures: exposuresAfter(seen.exposures, expired),
    hold: named ? { hold, status: "expired" } : seen.hold,
  };
  return [expired, answer(after, command)];
}

function deposit(account: AccountState, amountMinor: number): AccountEvent {
  const highest = MAX_AMOUNT_MINOR - account.balanceMinor - account.atRiskMinor;
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 1 || amountMinor > highest) {
    throw new RangeError(`a deposit is from 1 to ${highest} minor units, not ${amountMinor}`);
  }
  const postings = transfer({ from: "external", to: "player_cash", amountMinor });
  return { type: "deposit.accepted", amountMinor, postings };
}

function place(seen: SeenOpen, command: PlaceBet): BetPlaced | BetRefused {
  const { requestId, legs, stakeMinor, priceChange, rounding, atMs } = command;
  const quoted = quote(seen, command);
  if (!quoted.ok) {
    const { refusal } = quoted;
    return { type: "bet.refused", legs, stakeMinor, priceChange, refusal, postings: [] };
  }
  const { id: accountId, currency } = seen.account;
  return {
    type: "bet.placed",
    bet: {
      id: command.betId,
      requestId,
      accountId,
      status: "open",
      legs: quoted.value.legs,
      stakeMinor,
      currency,
      rounding,
      potentialReturnsMinor: quoted.value.potentialReturnsMinor,
      placedAtMs: atMs,
    },
    hold: null,
    priceChange,
    postings: transfer({ from: "player_cash", to: "player_at_risk", amountMinor: stakeMinor }),
  };
}
