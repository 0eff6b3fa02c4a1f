/** One single bet to be placed: who, on what, and under which request id. All stakes are alike. */
export interface BenchBet {
  /** The concurrent client that asks, from 0. */
  readonly clientIndex: number;
  readonly accountIndex: number;
  readonly selectionIndex: number;
  /** Never used before. */
  readonly requestId: string;
}

/** Where a contender whose log is written after the reply can be watched. */
export interface AuditWatch {
  /** How many records the log has. */
  size(): Promise<number>;
  /** Whether the log has the record of a request, looking only behind its first `after` records. */
  has(
    record: {
      readonly accountIndex: number;
      readonly requestId: string;
      readonly after: number;
    },
  ): Promise<boolean>;
}

/**
 * Something that places bets, durably. The work is the same for all: the price and the market are
 * checked, the stake is covered by the balance, the request id is new, the selection's liability stays
 * within its cap; the bet, the account and an audit record are stored; the new balance is answered.
 */
export interface Contender {
  /** Gets ready from nothing, with so many accounts that have money for every bet to come. */
  open(accounts: number): Promise<void>;
  /** Places one bet. Called by many clients at once. Throws when it cannot tell what happened. */
  place(bet: BenchBet): Promise<"placed" | "refused">;
  /** Waits until nothing is left to do in the background: the log is complete, the disk is quiet. */
  settle(): Promise<void>;
  /** Null where the audit record is part of the commit that the reply waited for. */
  readonly audit: AuditWatch | null;
  close(): Promise<void>;
}
