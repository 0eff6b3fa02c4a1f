import type { AccountEntry, Entry } from "../../domain/entry.ts";
import { exposureChanges, selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import type { Addition, MarketClaim, ReservationRef } from "./market_calls.ts";

/** What a view of an account knows of the book, for the commit that follows from it. */
export interface BookSeen {
  /** The number of each market's newest entry; null for a market that was not there. */
  readonly seqs: ReadonlyMap<string, number | null>;
  /** Liability in minor units by `selectionKey`. */
  readonly exposures: ReadonlyMap<string, number>;
  /** Whether all of it was read for this very view. */
  readonly fresh: boolean;
}

/**
 * What entries ask of the book: that every market be as it was seen, that what they add be reserved,
 * and that what a refusal of theirs rests on be so.
 */
export function claimsOf(
  seen: BookSeen,
  entries: readonly AccountEntry[],
): readonly MarketClaim[] {
  const claims = new Map<string, ClaimDraft>();
  const claimOn = (marketId: string): ClaimDraft => {
    const claim = claims.get(marketId) ??
      {
        marketId,
        seenSeq: seen.seqs.get(marketId),
        additions: [],
        relied: new Map(),
      };
    claims.set(marketId, claim);
    return claim;
  };
  for (const marketId of seen.seqs.keys()) claimOn(marketId);
  for (const entry of entries) {
    for (const { marketId, ...addition } of additionsOf(entry)) {
      add(claimOn(marketId).additions, addition);
    }
    if (seen.fresh) continue;
    for (const { marketId, selectionId } of reliedOn(entry)) {
      const minor = seen.exposures.get(selectionKey({ marketId, selectionId })) ?? 0;
      claimOn(marketId).relied.set(selectionId, minor);
    }
  }
  return [...claims.values()];
}

/** The holds whose reservations end with the entries, so that they no longer count against a cap. */
export function endingIn(entries: readonly AccountEntry[]): readonly string[] {
  return entries.flatMap(({ event }) =>
    event.type === "hold.voided" || event.type === "hold.expired" ? [event.hold.id] : []
  );
}

/** The bets and holds that entries reserve for, with the markets of each. */
export function reservedBy(
  entries: readonly Entry[],
  attempt: string,
): readonly {
  readonly reservation: ReservationRef;
  readonly marketIds: readonly string[];
}[] {
  return entries.flatMap((entry) => {
    const additions = "accountId" in entry ? additionsOf(entry) : [];
    const [first] = additions;
    if (!first) return [];
    const marketIds = additions.map(({ marketId }) => marketId);
    return [{
      reservation: { backingId: first.backingId, attempt },
      marketIds,
    }];
  });
}

interface ClaimDraft extends MarketClaim {
  readonly additions: Addition[];
  readonly relied: Map<string, number>;
}

function additionsOf(
  { event }: AccountEntry,
): readonly (Addition & SelectionRef)[] {
  const backingId = event.type === "bet.placed"
    ? event.bet.id
    : event.type === "hold.authorised"
    ? event.hold.id
    : null;
  if (backingId === null) return [];
  return exposureChanges(event).map((change) => ({ ...change, backingId }));
}

/** Two legs of one bet on the same selection are one reservation. */
function add(additions: Addition[], addition: Addition): void {
  const { selectionId, backingId, byMinor } = addition;
  const index = additions.findIndex((one) =>
    one.selectionId === selectionId && one.backingId === backingId
  );
  const there = additions[index];
  if (there) additions[index] = { ...there, byMinor: there.byMinor + byMinor };
  else additions.push({ selectionId, backingId, byMinor });
}

/** The selections whose liability a refusal rests on: all that were asked for, for one cap alone. */
function reliedOn({ event }: AccountEntry): readonly SelectionRef[] {
  if (event.type !== "bet.refused" && event.type !== "hold.refused") return [];
  if (event.refusal.kind !== "liability_cap") return [];
  if (event.type === "bet.refused") return event.legs;
  return event.asked.action === "authorise" ? event.asked.legs : [];
}
