/** The message that asks for the outbox to be drained. It carries nothing: the outbox is the truth. */
export const WAKE_UP = "drain the outbox";

/**
 * Calls `drain` on every wake-up from the queue, until the database is closed. Messages may come
 * twice, late or never; what they do not reach, the next wake-up or sweep does.
 */
export async function listenForWakeUps(
  kv: Deno.Kv,
  drain: () => Promise<unknown>,
): Promise<void> {
  await kv.listenQueue(async (message: unknown) => {
    if (message === WAKE_UP) await drain();
    else console.error("The queue held a message that nobody here sends; it is dropped.", message);
  });
}
