import { type AccountState, availableMinor } from "./account.ts";
import type { Leg } from "./bet.ts";
import type { Backing } from "./commands.ts";
import { largestStakeMinor, liabilityMinor, selectionKey } from "./exposure.ts";
import type { MarketState } from "./market.ts";
import { returnsMinor } from "./price.ts";
import { accept, type Decision, type Refusal, refuse, strongest } from "./refusals.ts";
import { reserve } from "./reserve.ts";

/** The book as a decision sees it. */
export interface BookSeen {
  readonly markets: ReadonlyMap<string, MarketState>;
  /** Liability in minor units by `selectionKey`; what is not there has none. */
  readonly exposures: ReadonlyMap<string, number>;
}

/** What the customer would get: the legs at their current prices, and the returns if all win. */
export interface Quote {
  readonly legs: readonly Leg[];
  readonly potentialReturnsMinor: number;
}

/**
 * Prices a backing against the book and the account: every market must reserve and the account must
 * agree, or there is one refusal, the strongest of all that hold.
 */
export function quote(
  seen: BookSeen & { readonly account: AccountState },
  backing: Backing,
  others: readonly Refusal[] = [],
): Decision<Quote> {
  const { legs, refusals } = reserveAll(seen, backing);
  refusals.push(...others, ...accountRefusals(seen.account, backing));
  // Returns can be told only for a stake that is one, on selections that are there.
  const hopeless = refusals.some((refusal) => refusal.kind !== "insufficient_funds");
  if (hopeless) return refuse(strongest(refusals) ?? unreachable());

  const { stakeMinor, rounding } = backing;
  const prices = legs.map((leg) => leg.price);
  const potentialReturnsMinor = returnsMinor({ stakeMinor, prices, rounding });
  refusals.push(...capRefusals(seen, backing, { legs, potentialReturnsMinor }));
  const refusal = strongest(refusals);
  return refusal ? refuse(refusal) : accept({ legs, potentialReturnsMinor });
}

function reserveAll(
  seen: BookSeen,
  backing: Backing,
): { readonly legs: readonly Leg[]; readonly refusals: Refusal[] } {
  const legs: Leg[] = [];
  const refusals: Refusal[] = [];
  for (const [leg, quoted] of backing.legs.entries()) {
    const { priceChange } = backing;
    const reserved = reserve(seen.markets.get(quoted.marketId), { quoted, leg, priceChange });
    if (reserved.ok) legs.push(reserved.value);
    else refusals.push(reserved.refusal);
  }
  return { legs, refusals };
}

/** The account's half: is the stake within the limits, and is it there? */
function accountRefusals(account: AccountState, backing: Backing): readonly Refusal[] {
  const { stakeMinor, minStakeMinor, maxStakeMinor } = backing;
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

/** The book's half: would it owe more on a selection than it may lose there? */
function capRefusals(
  seen: BookSeen & { readonly account: AccountState },
  backing: Backing,
  quoted: Quote,
): readonly Refusal[] {
  const liability = liabilityMinor({ stakeMinor: backing.stakeMinor, ...quoted });
  return quoted.legs.flatMap((accepted, leg): readonly Refusal[] => {
    const { marketId, selectionId, price } = accepted;
    const roomMinor = capMinor(seen, accepted) - (seen.exposures.get(selectionKey(accepted)) ?? 0);
    if (liability <= roomMinor) return [];
    const most = Math.min(
      largestStakeMinor({ price, rounding: backing.rounding, roomMinor }),
      availableMinor(seen.account),
      backing.maxStakeMinor,
    );
    // A stake below the bookmaker's own least would be refused in its turn.
    const maxStakeMinor = most >= backing.minStakeMinor ? most : 0;
    return [{ kind: "liability_cap", marketId, selectionId, leg, maxStakeMinor }];
  });
}

function capMinor(seen: BookSeen, leg: Leg): number {
  const market = seen.markets.get(leg.marketId);
  const selection = market?.selections.find((candidate) => candidate.id === leg.selectionId);
  return selection?.liabilityCapMinor ?? unreachable();
}

function unreachable(): never {
  throw new Error("a leg was reserved on a selection that is not there");
}
