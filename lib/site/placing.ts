// Pure: the order of steps that does a thing once, whatever happens to the connection. The network, the
// clock and the storage come in as arguments. Imports the domain only.
import type { HoldStatus } from "../domain/hold.ts";
import type { Attempt } from "./attempt.ts";
import { type Outcome, readHoldNow, readOutcome, type Reply } from "./reply.ts";
import type { AccountSummary, HeldStake } from "./reply_body.ts";

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
  /** This browser's clock: for how long a hold is shown to run, and for nothing that is decided. */
  nowMs(): number;
  /** Says what is going on, for the customer. */
  report(attempt: Attempt, progress: Progress): void;
}

/** What is going on with an attempt. */
export type Progress = "placing" | "checking";

/**
 * How far one run came.
 *
 * - `placed`, `refused`: known and final; the attempt is forgotten.
 * - `held`: a stake is held until `untilMs` of this browser's clock or a little longer. The attempt is
 *   kept, so that a reload finds the hold; `account` is null when the answer did not tell it.
 * - `over`: the attempt's hold is not pending (any more), and the attempt is forgotten.
 * - `not_placed`: the server has decided nothing under the request id; sending it again is safe.
 * - `unresolved`: the server could not be asked; the attempt is kept, to be looked up again.
 * - `signed_out`: only the account's own session can ask or send; the attempt is kept.
 */
export type Ending =
  | Extract<Outcome, { kind: "placed" | "refused" }>
  | {
    readonly kind: "held";
    readonly hold: HeldStake;
    readonly untilMs: number;
    readonly account: AccountSummary | null;
  }
  | {
    readonly kind: "over";
    readonly status: Exclude<HoldStatus, "pending">;
    readonly account: AccountSummary | null;
  }
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
  const sentMs = ports.nowMs();
  const reply = await ports.send(attempt);
  const outcome = readOutcome(reply);
  if (outcome.kind === "unknown") return await findOut(ports, attempt);
  // A hold that had been authorised before has run since, for longer than this reply can tell.
  const stale = attempt.does === "hold" && outcome.kind === "held" && isReplayed(reply);
  return stale ? await findOut(ports, attempt) : ended(ports, attempt, { outcome, sentMs });
}

/** Finds out what became of an attempt that was sent, or may have been, and whose reply never came. */
export async function findOut(ports: PlacingPorts, attempt: Attempt): Promise<Ending> {
  ports.report(attempt, "checking");
  for (const pauseMs of LOOK_UP_PAUSES_MS) {
    await ports.wait(pauseMs);
    const askedMs = ports.nowMs();
    const reply = await ports.lookUp(attempt);
    if (reply === "lost") continue;
    if (reply.status === 404) return { kind: "not_placed", because: "never_arrived" };
    if (reply.status === 401) return { kind: "signed_out", sent: "perhaps" };
    if (reply.status !== 200) continue;
    const now = attempt.does === "hold" ? readHoldNow(reply.body) : null;
    if (now) {
      const { hold, nowMs } = now;
      const untilMs = askedMs + hold.expiresAtMs - nowMs;
      return holdEnding(ports, attempt, { hold, untilMs, account: null });
    }
    // The server knows the request: sending it once more only repeats the answer it gave.
    const sentMs = ports.nowMs();
    const outcome = readOutcome(await ports.send(attempt));
    if (outcome.kind !== "unknown") return ended(ports, attempt, { outcome, sentMs });
  }
  return { kind: "unresolved" };
}

function ended(
  ports: PlacingPorts,
  attempt: Attempt,
  reply: { readonly outcome: Exclude<Outcome, { kind: "unknown" }>; readonly sentMs: number },
): Ending {
  const { outcome, sentMs } = reply;
  switch (outcome.kind) {
    case "busy":
      return { kind: "not_placed", because: "busy" };
    case "signed_out":
      return { kind: "signed_out", sent: "no" };
    case "placed":
    case "refused":
      ports.forget(attempt);
      return outcome;
    case "held": {
      const { hold, account } = outcome;
      // Counted from before it was sent, so that what is shown never outlasts the hold.
      const untilMs = sentMs + hold.expiresAtMs - hold.authorisedAtMs;
      return holdEnding(ports, attempt, { hold, untilMs, account });
    }
  }
}

function holdEnding(
  ports: PlacingPorts,
  attempt: Attempt,
  held: Omit<Extract<Ending, { kind: "held" }>, "kind">,
): Ending {
  const { status } = held.hold;
  if (status === "pending") return { kind: "held", ...held };
  ports.forget(attempt);
  return { kind: "over", status, account: held.account };
}

function isReplayed(reply: Reply): boolean {
  return reply !== "lost" && reply.replayed === true;
}
