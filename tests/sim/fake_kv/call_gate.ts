/** The calls that reach a database. */
export type CallKind = "get" | "list" | "commit";

/**
 * Where every call of a handle passes through: `effect` is what it does to the database, at once,
 * and what it answers. The gate says when it happens, when the answer arrives, and whether at all.
 */
export interface CallGate {
  pass<Result>(kind: CallKind, effect: () => Result): Promise<Result>;
  /** Delivers queued messages to a listener, until the promise that it answers is settled. */
  listen(handler: (message: unknown) => unknown): Promise<void>;
  /** The handle was closed: nothing more will pass. */
  close(): void;
}
