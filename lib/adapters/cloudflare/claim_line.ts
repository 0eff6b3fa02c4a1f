import type { Clock } from "../../ports/surroundings.ts";
import type { LiabilityTables } from "./liability_tables.ts";
import type { Claims, ClaimsAnswer, MarketClaim, MarketSnapshot } from "./market_calls.ts";
import type { MarketTables } from "./market_tables.ts";
import type { ObjectStorage } from "./platform.ts";

/** How many claims may wait; whoever comes then is sent away, with nothing reserved. */
const WAITING_AT_MOST = 10_000;

interface Waiting {
  readonly claims: Claims;
  readonly settle: (answer: ClaimsAnswer) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Claims on an object's markets. Those that arrive together are answered one after another and stored
 * in one transaction: under load a write is shared by many, and a lone claim waits for one turn of the
 * event loop.
 */
export class ClaimLine {
  #line: Waiting[] = [];

  constructor(
    readonly parts: {
      readonly storage: ObjectStorage;
      readonly markets: MarketTables;
      readonly liabilities: LiabilityTables;
      readonly clock: Clock;
      /** Hears in the transaction that something was reserved. */
      readonly reserved: () => void;
    },
  ) {}

  /** Reserves all that is claimed, or nothing. Throws, with nothing reserved, when too many wait. */
  claim(claims: Claims): Promise<ClaimsAnswer> {
    if (this.#line.length >= WAITING_AT_MOST) {
      return Promise.reject(new Error("too many claims wait at these markets"));
    }
    const answer = Promise.withResolvers<ClaimsAnswer>();
    this.#line.push({ claims, settle: answer.resolve, fail: answer.reject });
    // What has reached the object by then goes along; a promise's turn would be too soon for that.
    if (this.#line.length === 1) setTimeout(() => this.#answerAll(), 0);
    return answer.promise;
  }

  /** The market as it is. */
  snapshot(marketId: string): MarketSnapshot {
    const { markets, liabilities } = this.parts;
    return {
      marketId,
      newest: markets.newest(marketId),
      liabilities: liabilities.ofMarket(marketId),
    };
  }

  #answerAll(): void {
    const { storage, liabilities } = this.parts;
    const group = this.#line;
    this.#line = [];
    try {
      const answers = storage.transactionSync(() =>
        group.map(({ claims }) => this.#answer(claims))
      );
      for (const [index, { settle }] of group.entries()) {
        const answer = answers[index];
        if (answer) settle(answer);
      }
    } catch (error) {
      liabilities.forget();
      for (const { fail } of group) fail(error);
    }
  }

  #answer(claims: Claims): ClaimsAnswer {
    const { liabilities, clock, reserved } = this.parts;
    const { accountId, attempt, markets } = claims;
    if (!markets.every((claim) => this.#holds(claim, claims))) {
      return { kind: "changed", markets: markets.map(({ marketId }) => this.snapshot(marketId)) };
    }
    const madeAtMs = clock.nowMs();
    const now = markets.flatMap(({ marketId, additions }) =>
      additions.map(({ selectionId, backingId, byMinor: minor }) => {
        const backing = { accountId, attempt, backingId };
        return liabilities.reserve({ ...backing, marketId, selectionId, minor, madeAtMs });
      })
    );
    if (now.length > 0) reserved();
    return { kind: "reserved", liabilities: now };
  }

  /** Whether the market is as it was seen, and has room for what is added. */
  #holds(claim: MarketClaim, { endingHoldIds }: Claims): boolean {
    const { markets, liabilities } = this.parts;
    const { marketId, seenSeq, additions, relied } = claim;
    const newest = markets.newest(marketId);
    if (seenSeq !== undefined && seenSeq !== (newest?.seq ?? null)) return false;
    for (const [selectionId, minor] of relied) {
      if (liabilities.on(marketId, selectionId) !== minor) return false;
    }
    if (!newest || additions.length === 0) return true;
    if (newest.state.status !== "open") return false;
    const added = new Map<string, number>();
    for (const { selectionId, byMinor } of additions) {
      added.set(selectionId, (added.get(selectionId) ?? 0) + byMinor);
    }
    return newest.state.selections.every(({ id: selectionId, liabilityCapMinor }) => {
      const byMinor = added.get(selectionId);
      if (byMinor === undefined) return true;
      const endingMinor = this.#reservedFor(endingHoldIds, { marketId, selectionId });
      const minor = liabilities.on(marketId, selectionId) - endingMinor + byMinor;
      return minor <= liabilityCapMinor;
    });
  }

  #reservedFor(
    holdIds: readonly string[],
    on: { readonly marketId: string; readonly selectionId: string },
  ): number {
    let reservedMinor = 0;
    for (const holdId of holdIds) {
      for (const { marketId, selectionId, minor } of this.parts.liabilities.reservedFor(holdId)) {
        if (marketId === on.marketId && selectionId === on.selectionId) reservedMinor += minor;
      }
    }
    return reservedMinor;
  }
}
