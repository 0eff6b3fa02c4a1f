/** The message that asks for the outbox to be drained. It carries nothing: the outbox is the truth. */
export const WAKE_UP = "drain the outbox";

/** The message that asks for dead holds to be ended; sent ahead, for the moment when one dies. */
export const EXPIRE_HOLDS = "expire dead holds";

/**
 * Answers the queue's messages until the database is closed. They may come twice, late or never; what
 * they do not reach, the next message or sweep does.
 */
export async function listenForWakeUps(
  kv: Deno.Kv,
  hear: { readonly drain: () => Promise<unknown>; readonly expireHolds: () => Promise<unknown> },
): Promise<void> {
  await kv.listenQueue(async (message: unknown) => {
    if (message === WAKE_UP) await hear.drain();
    else if (message === EXPIRE_HOLDS) await hear.expireHolds();
    else console.error("The queue held a message that nobody here sends; it is dropped.", message);
  });
}
