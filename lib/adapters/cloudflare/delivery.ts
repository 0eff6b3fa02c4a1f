import { unpacked } from "./courier.ts";
import type { LogCalls, LogGap, Taken } from "./log_calls.ts";
import type { MarketCalls } from "./market_calls.ts";
import type { Outboxes } from "./outboxes.ts";
import { openedParcel, type Parcel, type Standing } from "./parcel.ts";
import { byObject, marketObjectOf, theOnly } from "./placement.ts";
import type { MessageBatch, ObjectNamespace } from "./platform.ts";

/** How often what is missing before an entry is fetched, and how much of it at once. */
const FETCHES_A_DELIVERY = 40;
const ENTRIES_A_FETCH = 500;

/** What deliveries go to. */
export interface DeliveryParts {
  readonly log: ObjectNamespace<LogCalls>;
  readonly outboxes: Outboxes;
  readonly markets: ObjectNamespace<MarketCalls>;
}

/**
 * Brings entries from the queue to the log, tells markets which bets stand, and has the tables for
 * queries follow. All of it may happen twice and in any order.
 */
export class Delivery {
  constructor(readonly parts: DeliveryParts) {}

  /** Handles a batch. What could not be brought to the log is not acknowledged, and comes again. */
  async handle(batch: MessageBatch<string>): Promise<void> {
    let standing: readonly Standing[];
    try {
      standing = await this.bring(
        batch.messages.flatMap(({ body }) => unpacked(body)),
      );
    } catch (error) {
      console.error(
        "Entries could not be brought to the log; they come again.",
        error,
      );
      for (const message of batch.messages) message.retry();
      return;
    }
    for (const message of batch.messages) message.ack();
    await this.#follow(standing);
  }

  /** Has the log take entries and what is missing before them; answers which bets stand by them. */
  async bring(parcels: readonly Parcel[]): Promise<readonly Standing[]> {
    const { gaps, standing } = await theOnly(this.parts.log).take(parcels);
    const filled = await Promise.all(gaps.map((gap) => this.#fill(gap)));
    return [...standing, ...filled.flatMap((taken) => taken.standing)];
  }

  /** Brings everything that a chain has behind what the log has; what is left is for its object's alarm. */
  async #fill({ chain, after }: LogGap): Promise<Taken> {
    const { log, outboxes } = this.parts;
    const standing: Standing[] = [];
    for (let fetches = 0; fetches < FETCHES_A_DELIVERY; fetches++) {
      const missing = await outboxes.of(chain).parcels({
        chain,
        after,
        limit: ENTRIES_A_FETCH,
      });
      const last = missing.at(-1);
      if (last === undefined) break;
      standing.push(...(await theOnly(log).take(missing)).standing);
      if (missing.length < ENTRIES_A_FETCH) break;
      after = openedParcel(last).entry.seq;
    }
    return { gaps: [], standing };
  }

  /** What goes wrong here is made good later: by the markets' own questions, by the next delivery. */
  async #follow(standing: readonly Standing[]): Promise<void> {
    const { log, markets } = this.parts;
    const pairs = standing.flatMap(({ reservation, marketIds }) =>
      [...new Set(marketIds.map(marketObjectOf))].map((name) => ({
        name,
        reservation,
      }))
    );
    const work = [
      theOnly(log).mirror(),
      ...[...byObject(pairs, ({ name }) => name)].map(([name, own]) =>
        markets.getByName(name).stand(own.map(({ reservation }) => reservation))
      ),
    ];
    for (const done of await Promise.allSettled(work)) {
      if (done.status === "rejected") {
        console.error("What follows the log is behind.", done.reason);
      }
    }
  }
}
