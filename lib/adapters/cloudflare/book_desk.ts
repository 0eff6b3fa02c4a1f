import { LRUCache } from "lru-cache";
import type { SelectionRef } from "../../domain/exposure.ts";
import type {
  Claims,
  Liability,
  MarketCalls,
  MarketSnapshot,
  ReservationRef,
} from "./market_calls.ts";
import { byObject, marketObjectOf } from "./placement.ts";
import type { ObjectNamespace } from "./platform.ts";

/** How many markets an isolate remembers; one takes some two kilobytes. */
const MARKETS_REMEMBERED = 4_000;

/** Markets as somebody in this isolate saw them last; every commit has them checked. */
export type SeenMarkets = LRUCache<string, SeenMarket>;

interface SeenMarket extends MarketSnapshot {
  readonly liabilities: Map<string, number>;
}

/** An empty memory of markets. Objects of one isolate share it, so that most need not ask. */
export function rememberMarkets(): SeenMarkets {
  return new LRUCache({ max: MARKETS_REMEMBERED });
}

/** A reservation and the markets that may have it. */
export interface PlacedReservation {
  readonly reservation: ReservationRef;
  readonly marketIds: readonly string[];
}

/** `unavailable`: certainly nothing is reserved for the attempt, or it will be found to be given up. */
export type ClaimOutcome = "reserved" | "changed" | "unavailable";

/** The book as an account deals with it: markets seen, claims made, reservations given back. */
export class BookDesk {
  constructor(
    readonly markets: ObjectNamespace<MarketCalls>,
    readonly seen: SeenMarkets,
  ) {}

  /** The markets asked for; with `fresh` as they are, else as they were seen last. */
  async see(
    marketIds: Iterable<string>,
    how: { readonly fresh: boolean },
  ): Promise<ReadonlyMap<string, MarketSnapshot>> {
    const found = new Map<string, MarketSnapshot>();
    const wanted: string[] = [];
    for (const marketId of new Set(marketIds)) {
      const known = how.fresh ? undefined : this.seen.get(marketId);
      if (known) found.set(marketId, known);
      else wanted.push(marketId);
    }
    const asked = [...byObject(wanted, marketObjectOf)].map(([name, ids]) =>
      this.markets.getByName(name).snapshots(ids)
    );
    for (const snapshot of (await Promise.all(asked)).flat()) {
      found.set(snapshot.marketId, snapshot);
      this.#remember(snapshot);
    }
    return found;
  }

  /** Liability in minor units of each selection, in their order, as it is. */
  async liabilities(
    selections: readonly SelectionRef[],
  ): Promise<readonly number[]> {
    const seen = await this.see(selections.map(({ marketId }) => marketId), {
      fresh: true,
    });
    return selections.map(({ marketId, selectionId }) =>
      seen.get(marketId)?.liabilities.get(selectionId) ?? 0
    );
  }

  /** Makes claims on all markets at once; when one of them has changed, none stays reserved. */
  async claim(claims: Claims): Promise<ClaimOutcome> {
    const objects = [...byObject(claims.markets, ({ marketId }) => marketObjectOf(marketId))];
    const answers = await Promise.allSettled(objects.map(async ([name, markets]) => {
      const answer = await this.markets.getByName(name).claim({ ...claims, markets });
      if (answer.kind === "changed") answer.markets.forEach((market) => this.#remember(market));
      else this.#correct(answer.liabilities);
      return answer.kind;
    }));
    const kinds = answers.map((answer) => answer.status === "fulfilled" ? answer.value : "lost");
    if (kinds.every((kind) => kind === "reserved")) return "reserved";
    const doubtful = objects.filter((_, index) => kinds[index] !== "changed");
    await this.#giveBack(doubtful.map(([name, markets]) => ({
      name,
      reservations: markets.flatMap(({ additions }) =>
        additions.map(({ backingId }) => ({ backingId, attempt: claims.attempt }))
      ),
    })));
    return kinds.includes("lost") ? "unavailable" : "changed";
  }

  /** Has liability taken away; false when not every market could be told. It may run twice. */
  async release(placed: readonly PlacedReservation[]): Promise<boolean> {
    const pairs = placed.flatMap(({ reservation, marketIds }) =>
      [...new Set(marketIds.map(marketObjectOf))].map((name) => ({ name, reservation }))
    );
    const objects = [...byObject(pairs, ({ name }) => name)];
    return await this.#giveBack(objects.map(([name, own]) => ({
      name,
      reservations: own.map(({ reservation }) => reservation),
    })));
  }

  /** A market that is not told now asks the account itself later. */
  async #giveBack(
    objects: readonly {
      readonly name: string;
      readonly reservations: readonly ReservationRef[];
    }[],
  ): Promise<boolean> {
    const told = await Promise.allSettled(
      objects.filter(({ reservations }) => reservations.length > 0)
        .map(async ({ name, reservations }) =>
          this.#correct(await this.markets.getByName(name).release(reservations))
        ),
    );
    return told.every(({ status }) => status === "fulfilled");
  }

  /** Keeps what is remembered near to what is at stake, so that few claims are made in vain. */
  #correct(liabilities: readonly Liability[]): void {
    for (const { marketId, selectionId, minor } of liabilities) {
      this.seen.get(marketId)?.liabilities.set(selectionId, minor);
    }
  }

  /** Of two looks at one market the later one is kept, however their answers overtook each other. */
  #remember(snapshot: MarketSnapshot): void {
    const { marketId, newest } = snapshot;
    if (!newest) return;
    const known = this.seen.get(marketId);
    if ((known?.newest?.seq ?? 0) > newest.seq) return;
    this.seen.set(marketId, { ...snapshot, liabilities: new Map(snapshot.liabilities) });
  }
}
