import type { Clock } from "../../ports/surroundings.ts";
import type { Parcel } from "./parcel.ts";
import type { MessageQueue } from "./platform.ts";

/** How long parcels wait for others: the most that it adds to a record's way to the log. */
const COLLECTING_MS = 50;

/** So much from the time of sending, and nobody is going to send any more. */
const OVERDUE_MS = 1_000;

/** A message may have 128 kB; letters beyond ASCII take more than one byte. */
const MOST_MESSAGE_LETTERS = 40_000;

/** How many messages the queue takes at once. */
const MESSAGES_A_SEND = 100;

/**
 * Takes entries to the queue, those of many requests together. It may lose them: an object whose
 * entries the log does not get sends them again.
 */
export class Courier {
  #collected: Parcel[] = [];
  #sendsAtMs = 0;

  constructor(
    readonly queue: MessageQueue<string>,
    /** Lets work go on behind the answer to the request at hand. */
    readonly later: (work: Promise<unknown>) => void,
    readonly clock: Clock,
  ) {}

  /** Takes parcels along. They are stored by now. */
  take(parcels: readonly Parcel[]): void {
    if (parcels.length === 0) return;
    const nowMs = this.clock.nowMs();
    // A request that was to send may have been cut off; then another one does.
    const first = this.#collected.length === 0 ||
      Math.abs(nowMs - this.#sendsAtMs) > OVERDUE_MS;
    this.#collected.push(...parcels);
    if (!first) return;
    this.#sendsAtMs = nowMs + COLLECTING_MS;
    this.later(this.#sendSoon());
  }

  async #sendSoon(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, COLLECTING_MS));
    const parcels = this.#collected;
    this.#collected = [];
    await sendParcels(this.queue, parcels);
  }
}

/** Sends parcels in as few messages as they fit into. */
export async function sendParcels(
  queue: MessageQueue<string>,
  parcels: readonly Parcel[],
): Promise<void> {
  const messages = packed(parcels).map((body) => ({
    body,
    contentType: "text" as const,
  }));
  for (let sent = 0; sent < messages.length; sent += MESSAGES_A_SEND) {
    await queue.sendBatch(messages.slice(sent, sent + MESSAGES_A_SEND));
  }
}

/** The parcels of a message. */
export function unpacked(body: string): readonly Parcel[] {
  return body.split("\n");
}

/** Parcels have no line breaks, so a message is their lines. */
function packed(parcels: readonly Parcel[]): readonly string[] {
  const messages: Parcel[][] = [];
  let room = 0;
  for (const parcel of parcels) {
    room -= parcel.length;
    const message = messages.at(-1);
    if (message && room >= 0) {
      message.push(parcel);
    } else {
      messages.push([parcel]);
      room = MOST_MESSAGE_LETTERS - parcel.length;
    }
  }
  return messages.map((message) => message.join("\n"));
}
