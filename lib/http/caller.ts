import type { Parsed } from "./parsed.ts";

/** As much of a session as decides what its owner may ask. */
export interface Caller {
  readonly role: "player" | "trader" | "auditor";
  readonly accountId: string | null;
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

/** A caller who runs the markets: traders only. */
export function trader(caller: Caller | null): Parsed<Caller> {
  if (caller === null) return signInFirst();
  if (caller.role === "trader") return { ok: true, value: caller };
  return forbidden("Only traders see the book's exposure and set its caps. Nothing was changed.");
}

/**
 * Whose records a caller may read: the account's, or everybody's (null). Auditors read what they ask
 * for; players their own, and another's account is as if it did not exist.
 */
export function auditScope(caller: Caller | null, asked: string | null): Parsed<string | null> {
  if (caller === null) return signInFirst();
  if (caller.role === "auditor") return { ok: true, value: asked };
  if (caller.role !== "player" || caller.accountId === null) {
    return forbidden("Only auditors read the log, and players their own part of it.");
  }
  if (asked === null || asked === caller.accountId) return { ok: true, value: caller.accountId };
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
