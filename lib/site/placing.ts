// Pure: the order of steps that places a bet once, whatever happens to the connection. The network, the
// clock and the storage come in as arguments. Imports the domain only.
import type { Attempt } from "./attempt.ts";
import { type Outcome, readOutcome, type Reply } from "./reply.ts";

/** What placing needs from the browser. None of these throws. */
export interface PlacingPorts {
  /** Sends the attempt's body under its request id. */
  send(attempt: Attempt): Promise<Reply>;
  /** Asks what became of the attempt's request id. */
  lookUp(attempt: Attempt): Promise<Reply>;
  /** Keeps the attempt where a reload finds it; done when the call returns. */
  remember(attempt: Attempt): void;
  forget(attempt: Attempt): void;
  wait(ms: number): Promise<void>;
  /** Says what is going on, for the customer. */
  report(attempt: Attempt, progress: Progress): void;
}

/** What is going on with an attempt. */
export type Progress = "placing" | "checking";

/**
 * How far one run came.
 *
 * - `placed`, `refused`: known and final; the attempt is forgotten.
 * - `not_placed`: the server has no bet under the request id; sending the attempt again is safe.
 * - `unresolved`: the server could not be asked; the attempt is kept, to be looked up again.
 * - `signed_out`: only the account's own session can ask or send; the attempt is kept.
 */
export type Ending =
  | Extract<Outcome, { kind: "placed" | "refused" }>
  | { readonly kind: "signed_out"; readonly sent: "no" | "perhaps" }
  | { readonly kind: "not_placed"; readonly because: "busy" | "never_arrived" }
  | { readonly kind: "unresolved" };

/** Pauses before each question to the server: about two minutes in all. */
export const LOOK_UP_PAUSES_MS = [
  0,
  500,
  1_000,
  2_000,
  4_000,
  8_000,
  8_000,
  15_000,
  15_000,
  30_000,
  30_000,
] as const;

/** Sends an attempt, new or kept, and finds out what became of it. */
export async function place(ports: PlacingPorts, attempt: Attempt): Promise<Ending> {
  // Kept before it is sent: from here on a crash or a reload can only ask, never send under a new id.
  ports.remember(attempt);
  ports.report(attempt, "placing");
  const outcome = readOutcome(await ports.send(attempt));
  if (outcome.kind === "unknown") return await findOut(ports, attempt);
  return ended(ports, attempt, outcome);
}

/** Finds out what became of an attempt that was sent, or may have been, and whose reply never came. */
export async function findOut(ports: PlacingPorts, attempt: Attempt): Promise<Ending> {
  ports.report(attempt, "checking");
  for (const pauseMs of LOOK_UP_PAUSES_MS) {
    await ports.wait(pauseMs);
    const reply = await ports.lookUp(attempt);
    if (reply === "lost") continue;
    if (reply.status === 404) return { kind: "not_placed", because: "never_arrived" };
    if (reply.status === 401) return { kind: "signed_out", sent: "perhaps" };
    if (reply.status !== 200) continue;
    // The server knows the request: sending it once more only repeats the answer it gave.
    const outcome = readOutcome(await ports.send(attempt));
    if (outcome.kind !== "unknown") return ended(ports, attempt, outcome);
  }
  return { kind: "unresolved" };
}

function ended(
  ports: PlacingPorts,
  attempt: Attempt,
  outcome: Exclude<Outcome, { kind: "unknown" }>,
): Ending {
  switch (outcome.kind) {
    case "busy":
      return { kind: "not_placed", because: "busy" };
    case "signed_out":
      return { kind: "signed_out", sent: "no" };
    case "placed":
    case "refused":
      ports.forget(attempt);
      return outcome;
  }
}
