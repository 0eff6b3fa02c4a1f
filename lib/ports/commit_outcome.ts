/**
 * What became of an atomic write.
 *
 * - `committed`: all of it is stored.
 * - `conflict`: something it depended on had changed. Nothing of *this* attempt is stored, but over a
 *   network it can be the resend of a write that was: read again before deciding anew.
 * - `busy`: the store would not take it now. Certainly nothing is stored.
 * - `unknown`: the call failed without an answer. It may be stored already, or still become so.
 */
export type CommitOutcome = "committed" | "conflict" | "busy" | "unknown";
