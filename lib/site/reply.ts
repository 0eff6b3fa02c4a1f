// Pure: what a reply of the API says about an attempt. Imports the domain only.
import {
  type AcceptedBet,
  type AccountSummary,
  type HeldStake,
  isObject,
  readAccount,
  readBet,
  readHold,
  readInstant,
  readRefusal,
  type RefusalSaid,
} from "./reply_body.ts";

/** What came back: a status with the parsed body (null when it was not JSON), or nothing at all. */
export type Reply =
  | {
    readonly status: number;
    readonly body: unknown;
    /** Whether it says that the request had been answered before. */
    readonly replayed?: boolean;
  }
  | "lost";

/**
 * What a reply to an attempt means.
 *
 * - `placed`, `held`, `refused`: its fate is known and final. `held` tells of a hold that was
 *   authorised or given up, by its status.
 * - `busy`: nothing has happened yet; the same attempt may be sent again.
 * - `signed_out`: this sending did nothing, and no other can be made before signing in.
 * - `unknown`: it may have happened. Only the server can tell.
 */
export type Outcome =
  | { readonly kind: "placed"; readonly bet: AcceptedBet; readonly account: AccountSummary }
  | { readonly kind: "held"; readonly hold: HeldStake; readonly account: AccountSummary }
  | { readonly kind: "refused"; readonly refusal: RefusalSaid }
  | { readonly kind: "busy" }
  | { readonly kind: "signed_out" }
  | { readonly kind: "unknown" };

/** Problems after which the same request id may simply be sent again. */
const BUSY = ["contended", "rate-limited", "locked-down", "not-ready"];

/** Reads the reply to an attempt that was sent. Whatever is not a definite answer is `unknown`. */
export function readOutcome(reply: Reply): Outcome {
  if (reply === "lost") return { kind: "unknown" };
  if (reply.status === 200 || reply.status === 201) return done(reply.body);
  const refusal = readRefusal(reply.body);
  if (!refusal) return { kind: "unknown" };
  if (reply.status === 401) return { kind: "signed_out" };
  if (BUSY.includes(refusal.slug)) return { kind: "busy" };
  if (reply.status >= 500 || refusal.slug === "request-in-progress") return { kind: "unknown" };
  return { kind: "refused", refusal };
}

/**
 * Reads a hold out of the answer to `GET /api/requests/:requestId`: as it stands now, and the server's
 * time. Null when it tells of none.
 */
export function readHoldNow(
  body: unknown,
): { readonly hold: HeldStake; readonly nowMs: number } | null {
  if (!isObject(body)) return null;
  const hold = readHold(body["hold"]);
  const nowMs = readInstant(body["now"]);
  return hold && nowMs !== null ? { hold, nowMs } : null;
}

function done(body: unknown): Outcome {
  const account = isObject(body) ? readAccount(body["account"]) : null;
  if (!isObject(body) || !account) return { kind: "unknown" };
  const bet = readBet(body["bet"]);
  if (bet) return { kind: "placed", bet, account };
  const hold = readHold(body["hold"]);
  return hold ? { kind: "held", hold, account } : { kind: "unknown" };
}
