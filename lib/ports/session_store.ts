/** What a signed-in caller may be. */
export type Role = "player" | "trader" | "auditor";

/** A signed-in caller. The token itself is never stored, only its digest, as the key. */
export interface Session {
  readonly role: Role;
  /** The account that is the caller's own; null when they have none. */
  readonly accountId: string | null;
  /**
   * Under which id the log knows what the caller does for the bookmaker; no personal data. Null when
   * they do nothing for it.
   */
  readonly staffId: string | null;
  /** What the caller wants to be called; null when they gave no name. */
  readonly name: string | null;
  /** The session is over at exactly this time (Unix), whether or not it was removed. */
  readonly expiresAtMs: number;
}

/** Where sessions are kept. */
export interface SessionStore {
  /** Stores or replaces a session under the digest of its token. */
  put(tokenDigest: string, session: Session): Promise<void>;

  /** The session under a digest; null when there is none. May still answer one that has expired. */
  get(tokenDigest: string): Promise<Session | null>;

  /** Ends a session; it may run twice. */
  remove(tokenDigest: string): Promise<void>;
}
