import type { AccountEvent } from "../../../lib/domain/events.ts";
import { selectionKey } from "../../../lib/domain/exposure.ts";
import type { Leg } from "../../../lib/domain/bet.ts";

/** The liability on one selection from a page of the journal on. */
interface Since {
  readonly page: number;
  readonly minor: number;
}

/**
 * What the book can lose on each selection, kept apart from the system's own sums: every open bet and
 * every pending hold counts with its returns less its stake.
 */
export class Liabilities {
  readonly #now = new Map<string, number>();
  readonly #history = new Map<string, Since[]>();

  /** By selection, now. */
  get now(): ReadonlyMap<string, number> {
    return this.#now;
  }

  /** The liability as it was when page `page` was the last one. */
  asOf(selection: string, page: number): number {
    return this.#history.get(selection)?.findLast((since) => since.page <= page)?.minor ?? 0;
  }

  /** Whether the liability was so at some moment from page `page` on. */
  wasSince(selection: string, page: number, minor: number): boolean {
    if (this.asOf(selection, page) === minor) return true;
    const history = this.#history.get(selection) ?? [];
    return history.some((since) => since.page > page && since.minor === minor);
  }

  /** Counts what an event begins or ends; answers the selections whose liability went up. */
  take(event: AccountEvent, page: number): readonly string[] {
    switch (event.type) {
      case "bet.placed":
        // A hold's liability goes on as its bet's.
        if (event.hold) return [];
        return this.#count(event.bet.legs, page, profit(event.bet, event.bet.stakeMinor));
      case "hold.authorised":
        return this.#count(event.hold.legs, page, profit(event.hold, event.hold.amountMinor));
      case "hold.voided":
      case "hold.expired":
        this.#count(event.hold.legs, page, -profit(event.hold, event.hold.amountMinor));
        return [];
      default:
        return [];
    }
  }

  #count(legs: readonly Leg[], page: number, byMinor: number): readonly string[] {
    return legs.map((leg) => {
      const selection = selectionKey(leg);
      const minor = (this.#now.get(selection) ?? 0) + byMinor;
      this.#now.set(selection, minor);
      const history = this.#history.get(selection) ?? [];
      this.#history.set(selection, history);
      history.push({ page, minor });
      return selection;
    });
  }
}

function profit(
  { potentialReturnsMinor }: { readonly potentialReturnsMinor: number },
  stakeMinor: number,
): number {
  return potentialReturnsMinor - stakeMinor;
}
