import { unpacked } from "./courier.ts";
import type { LogCalls, LogGap } from "./log_calls.ts";
import type { Outboxes } from "./outboxes.ts";
import { openedParcel, type Parcel } from "./parcel.ts";
import { theOnly } from "./placement.ts";
import type { MessageBatch, ObjectNamespace } from "./platform.ts";

/** How often what is missing before an entry is fetched, and how much of it at once. */
const FETCHES_A_DELIVERY = 40;
const ENTRIES_A_FETCH = 500;

/** What deliveries go to. */
export interface DeliveryParts {
  readonly log: ObjectNamespace<LogCalls>;
  readonly outboxes: Outboxes;
}

/** Brings entries from the queue to the log. They may come twice, late, and in any order. */
export class Delivery {
  constructor(readonly parts: DeliveryParts) {}

  /** Handles a batch. What could not be brought to the log is not acknowledged, and comes again. */
  async handle(batch: MessageBatch<string>): Promise<void> {
    try {
      await this.bring(
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
  }

  /** Has the log take entries and what is missing before them. */
  async bring(parcels: readonly Parcel[]): Promise<void> {
    const gaps = await theOnly(this.parts.log).take(parcels);
    await Promise.all(gaps.map((gap) => this.#fill(gap)));
  }

  /** Brings everything that a chain has behind what the log has; what is left is for its object's alarm. */
  async #fill({ chain, after }: LogGap): Promise<void> {
    const { log, outboxes } = this.parts;
    for (let fetches = 0; fetches < FETCHES_A_DELIVERY; fetches++) {
      const missing = await outboxes.of(chain).parcels({
        chain,
        after,
        limit: ENTRIES_A_FETCH,
      });
      const last = missing.at(-1);
      if (last === undefined) return;
      await theOnly(log).take(missing);
      if (missing.length < ENTRIES_A_FETCH) return;
      after = openedParcel(last).entry.seq;
    }
  }
}
