import { type Sha256, toHex } from "../audit/hash.ts";
import { STAFF_ID_LETTERS, staffIdOf } from "../domain/ids.ts";
import type { Role, Session, SessionStore } from "../ports/session_store.ts";
import type { Clock, Randomness } from "../ports/surroundings.ts";
import { openDemoAccount, type OpeningPorts } from "./open_account.ts";
import type { Policy } from "./policy.ts";

/** What sessions need. */
export interface SessionPorts extends OpeningPorts {
  readonly sessions: SessionStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly sha256: Sha256;
}

/** A session that was just started, with the token that only its owner ever sees. */
export interface StartedSession {
  readonly token: string;
  readonly session: Session;
}

/** 40 letters or digits are more than 200 bits: nobody guesses a token. */
const TOKEN_LETTERS = 40;

const encoder = new TextEncoder();

/**
 * Starts a demo session. A player gets the account of `keep`, the session they come from, or else a new
 * account with play money; a trader its staff id, or else a new one. Every role keeps both, so that
 * changing the role and coming back does not lose them. Null when the store could not open an account
 * now.
 */
export async function startDemoSession(
  ports: SessionPorts,
  policy: Policy,
  asked: {
    readonly role: Role;
    readonly name: string | null;
    readonly keep: Pick<Session, "accountId" | "staffId"> | null;
  },
): Promise<StartedSession | null> {
  const { role, name, keep } = asked;
  const accountId = keep?.accountId ??
    (role === "player" ? await openDemoAccount(ports, policy) : null);
  if (role === "player" && accountId === null) return null;
  const expiresAtMs = ports.clock.nowMs() + policy.sessionMs;
  const staffId = keep?.staffId ??
    (role === "trader" ? staffIdOf(ports.randomness.letters(STAFF_ID_LETTERS)) : null);
  const session: Session = { role, accountId, staffId, name, expiresAtMs };
  const token = ports.randomness.letters(TOKEN_LETTERS);
  await ports.sessions.put(digestOf(ports.sha256, token), session);
  return { token, session };
}

/** The session of a token; null when there is none, or when it is over. */
export async function findSession(ports: SessionPorts, token: string): Promise<Session | null> {
  const session = await ports.sessions.get(digestOf(ports.sha256, token));
  return session && ports.clock.nowMs() < session.expiresAtMs ? session : null;
}

/** Ends the session of a token. */
export async function endSession(ports: SessionPorts, token: string): Promise<void> {
  await ports.sessions.remove(digestOf(ports.sha256, token));
}

/** Only the digest is kept, so that a copy of the database opens nobody's session. */
function digestOf(sha256: Sha256, token: string): string {
  return toHex(sha256(encoder.encode(token)));
}
