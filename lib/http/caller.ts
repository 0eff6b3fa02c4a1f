import { chainOf } from "../domain/chain.ts";
import type { Parsed } from "./parsed.ts";

/** As much of a session as decides what its owner may ask. */
export interface Caller {
  readonly role: "player" | "trader" | "auditor";
  readonly accountId: string | null;
  readonly staffId: string | null;
}

/** The account of a caller who may place bets: players only. */
export function playerAccount(caller: Caller | null): Parsed<string> {
  if (caller === null) return signInFirst();
  if (caller.role === "player" && caller.accountId !== null) {
    return { ok: true, value: caller.accountId };
  }
  return forbidden(
    "Only players place bets and holds. Nothing was charged. Sign in as a player to do this.",
  );
}

/** The account that is the caller's own, whatever their role. */
export function ownAccount(caller: Caller | null): Parsed<string> {
  if (caller === null) return signInFirst();
  if (caller.accountId !== null) return { ok: true, value: caller.accountId };
  return forbidden("This session has no account of its own. Sign in as a player to see one.");
}

/** Any caller who is signed in. */
export function signedIn(caller: Caller | null): Parsed<Caller> {
  return caller === null ? signInFirst() : { ok: true, value: caller };
}

/** The staff id of a caller who runs the markets: traders only. */
export function trader(caller: Caller | null): Parsed<string> {
  // A session may be older than staff ids are: it is to be started anew.
  if (caller === null || (caller.role === "trader" && !caller.staffId)) return signInFirst();
  if (caller.role === "trader" && caller.staffId) return { ok: true, value: caller.staffId };
  return forbidden(
    "Only traders see the book's exposure and run its markets. Nothing was changed.",
  );
}

/** Whose records somebody asks for; all that is left out means everybody's. */
export interface AuditAsked {
  readonly accountId?: string | undefined;
  readonly marketId?: string | undefined;
}

/**
 * The chain whose records a caller may read (see `chainOf`), or null for all of them. Auditors read
 * what they ask for, traders a market's; players their own, and another's account is as if it did not
 * exist.
 */
export function auditScope(caller: Caller | null, asked: AuditAsked): Parsed<string | null> {
  if (caller === null) return signInFirst();
  const { accountId, marketId } = asked;
  if (marketId !== undefined) {
    if (caller.role !== "player") return { ok: true, value: chainOf({ marketId }) };
    return forbidden("Only auditors and traders read the records of a market.");
  }
  if (caller.role === "auditor") {
    return { ok: true, value: accountId === undefined ? null : chainOf({ accountId }) };
  }
  if (caller.role !== "player" || caller.accountId === null) {
    return forbidden(
      "Only auditors read the log; players their own part of it, and traders that of a market.",
    );
  }
  if (accountId === undefined || accountId === caller.accountId) {
    return { ok: true, value: caller.accountId };
  }
  return {
    ok: false,
    problem: { slug: "not-found", detail: "You have no account with this id." },
  };
}

function signInFirst(): Parsed<never> {
  const detail =
    "Nobody is signed in here, so nothing was done. Sign in first; a program sends its " +
    "token in an Authorization: Bearer header.";
  return { ok: false, problem: { slug: "unauthenticated", detail } };
}

function forbidden(detail: string): Parsed<never> {
  return { ok: false, problem: { slug: "forbidden", detail } };
}
