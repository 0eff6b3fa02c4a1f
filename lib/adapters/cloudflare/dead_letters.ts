import { unpacked } from "./courier.ts";
import type { Delivery } from "./delivery.ts";
import type { D1Database, MessageBatch } from "./platform.ts";
import type { Clock } from "../../ports/surroundings.ts";

/** How many dead letters one look drives again. */
const LETTERS_A_LOOK = 50;

/**
 * Messages that no delivery got through: kept in D1, where an operator sees them, until the log has what
 * is in them. Nothing rests on them, for the objects have their entries themselves.
 */
export class DeadLetters {
  constructor(
    readonly parts: {
      readonly database: D1Database;
      readonly delivery: Delivery;
      readonly clock: Clock;
    },
  ) {}

  /** Keeps a batch of the queue of dead letters, each message once, and tries them again. */
  async handle(batch: MessageBatch<string>): Promise<void> {
    const { database, clock } = this.parts;
    const letters = batch.messages.map(({ id, body }) => ({ id, body }));
    await database.prepare(
      `insert or ignore into dead_letter (id, text, came_at_ms)
        select value ->> 'id', value ->> 'body', ?2 from json_each(?1)`,
    ).bind(JSON.stringify(letters), clock.nowMs()).run();
    for (const message of batch.messages) message.ack();
    console.error(`${letters.length} messages of entries were given up and are kept.`);
    await this.driveAgain();
  }

  /** Brings what is kept to the log, some of it at a time; what gets there is kept no longer. */
  async driveAgain(): Promise<void> {
    const { database, delivery } = this.parts;
    const { results } = await database.prepare(
      "select id, text from dead_letter order by came_at_ms limit ?",
    ).bind(LETTERS_A_LOOK).all<{ readonly id: string; readonly text: string }>();
    for (const { id, text } of results) {
      try {
        await delivery.bring(unpacked(text));
      } catch (error) {
        console.error("A dead letter could not be brought to the log.", error);
        return;
      }
      await database.prepare("delete from dead_letter where id = ?").bind(id).run();
    }
  }

  /** How many are kept. */
  async count(): Promise<number> {
    const { results } = await this.parts.database.prepare(
      "select count(*) as count from dead_letter",
    ).bind().all<{ readonly count: number }>();
    return results[0]?.count ?? 0;
  }
}
