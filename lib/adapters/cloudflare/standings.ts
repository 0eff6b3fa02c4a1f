import type { MarketCalls, ReservationRef } from "./market_calls.ts";
import type { Standing } from "./parcel.ts";
import { byObject, marketObjectOf } from "./placement.ts";
import type { ObjectNamespace } from "./platform.ts";

/** More than this is not kept; the markets ask about what they are not told. */
const STANDINGS_AT_MOST = 20_000;

/** Reservations whose bets are in the log, on their way to the markets that have them. */
export class Standings {
  #collected: Standing[] = [];

  constructor(readonly markets: ObjectNamespace<MarketCalls>) {}

  add(standings: readonly Standing[]): void {
    if (this.#collected.length + standings.length > STANDINGS_AT_MOST) return;
    this.#collected.push(...standings);
  }

  /** Tells each market what was collected for it, once; what gets lost the market asks about. */
  async tell(): Promise<void> {
    const collected = this.#collected;
    this.#collected = [];
    const pairs = collected.flatMap(({ reservation, marketIds }) =>
      [...new Set(marketIds.map(marketObjectOf))].map((name) => ({ name, reservation }))
    );
    await Promise.all(
      [...byObject(pairs, ({ name }) => name)].map(([name, own]) =>
        this.markets.getByName(name).stand(
          own.map(({ reservation }): ReservationRef => reservation),
        )
      ),
    );
  }
}
