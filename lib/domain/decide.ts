import { type AccountState, availableMinor } from "./account.ts";
import type { Leg } from "./bet.ts";
import type { AccountCommand, PlaceBet } from "./commands.ts";
import type { AccountEvent, BetPlaced, BetRefused } from "./events.ts";
import type { MarketState } from "./market.ts";
import { MAX_AMOUNT_MINOR } from "./money.ts";
import { transfer } from "./postings.ts";
import { returnsMinor } from "./price.ts";
import { type Refusal, strongest } from "./refusals.ts";
import { reserve } from "./reserve.ts";

/** What a decision looks at: the account (null before it is opened) and the markets it names. */
export interface Seen {
  readonly account: AccountState | null;
  readonly markets: ReadonlyMap<string, MarketState>;
}

/**
 * The one place where it is decided what a command does. Pure and total over valid commands: the same
 * state and command give the same event in every home and on every retry. A bet that cannot be taken
 * is an event as well (`bet.refused`), because the log must show it. Throws only for defects: a
 * command for an account that is not there, a deposit beyond an amount.
 */
export function decide(seen: Seen, command: AccountCommand): AccountEvent {
  switch (command.type) {
    case "open":
      if (seen.account) throw new Error(`account ${command.accountId} is already open`);
      return { type: "account.opened", currency: command.currency, postings: [] };
    case "deposit":
      return deposit(opened(seen), command.amountMinor);
    case "place":
      return place({ ...seen, account: opened(seen) }, command);
  }
}

function opened(seen: Seen): AccountState {
  if (!seen.account) throw new Error("the account is not open");
  return seen.account;
}

function deposit(account: AccountState, amountMinor: number): AccountEvent {
  const highest = MAX_AMOUNT_MINOR - account.balanceMinor - account.atRiskMinor;
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 1 || amountMinor > highest) {
    throw new RangeError(`a deposit is from 1 to ${highest} minor units, not ${amountMinor}`);
  }
  const postings = transfer({ from: "external", to: "player_cash", amountMinor });
  return { type: "deposit.accepted", amountMinor, postings };
}

/** Every market must reserve and the account must agree, or nothing happens at all. */
function place(
  seen: Seen & { readonly account: AccountState },
  command: PlaceBet,
): BetPlaced | BetRefused {
  const refusals: Refusal[] = [];
  const legs: Leg[] = [];
  for (const [leg, quoted] of command.legs.entries()) {
    const { priceChange } = command;
    const reserved = reserve(seen.markets.get(quoted.marketId), { quoted, leg, priceChange });
    if (reserved.ok) legs.push(reserved.value);
    else refusals.push(reserved.refusal);
  }
  refusals.push(...accountRefusals(seen.account, command));
  const refusal = strongest(refusals);
  return refusal ? refused(command, refusal) : placed(seen.account, command, legs);
}

/** The account's half: is the stake within the limits, and is it there? */
function accountRefusals(account: AccountState, command: PlaceBet): Refusal[] {
  const { stakeMinor, minStakeMinor, maxStakeMinor } = command;
  const available = availableMinor(account);
  const refusals: Refusal[] = [];
  if (stakeMinor < minStakeMinor || stakeMinor > maxStakeMinor) {
    refusals.push({ kind: "stake_out_of_range", minStakeMinor, maxStakeMinor });
  }
  if (stakeMinor > available) {
    refusals.push({ kind: "insufficient_funds", availableMinor: available });
  }
  return refusals;
}

function placed(account: AccountState, command: PlaceBet, legs: readonly Leg[]): BetPlaced {
  const { stakeMinor, rounding } = command;
  const prices = legs.map((leg) => leg.price);
  return {
    type: "bet.placed",
    bet: {
      id: command.betId,
      requestId: command.requestId,
      accountId: account.id,
      status: "open",
      legs,
      stakeMinor,
      currency: account.currency,
      rounding,
      potentialReturnsMinor: returnsMinor({ stakeMinor, prices, rounding }),
      placedAtMs: command.atMs,
    },
    priceChange: command.priceChange,
    postings: transfer({ from: "player_cash", to: "player_at_risk", amountMinor: stakeMinor }),
  };
}

function refused(command: PlaceBet, refusal: Refusal): BetRefused {
  const { legs, stakeMinor, priceChange } = command;
  return { type: "bet.refused", legs, stakeMinor, priceChange, refusal, postings: [] };
}
