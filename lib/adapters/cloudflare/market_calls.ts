import type { MarketEntry, Newest } from "../../domain/entry.ts";
import type { SelectionRef } from "../../domain/exposure.ts";

/** A market as its object has it. */
export interface MarketSnapshot {
  readonly marketId: string;
  /** Its newest entry; null when there is no such market. */
  readonly newest: Newest<MarketEntry>;
  /** Liability in minor units by selection; what is not there has none. */
  readonly liabilities: ReadonlyMap<string, number>;
}

/** Liability that one bet or hold adds to one selection. */
export interface Addition {
  readonly selectionId: string;
  /** The bet or hold that it is for. */
  readonly backingId: string;
  readonly byMinor: number;
}

/** What a commit of an account saw of one market, and what it wants of it. */
export interface MarketClaim {
  readonly marketId: string;
  /**
   * The number of its newest entry as it was seen; null when there was no such market, and undefined
   * when the decision did not look at it.
   */
  readonly seenSeq: number | null | undefined;
  readonly additions: readonly Addition[];
  /** Liabilities that a refusal rests on and that were not read for it: they must be so still. */
  readonly relied: ReadonlyMap<string, number>;
}

/**
 * A commit's claims on the markets of one object. An attempt belongs to one commit and is never used
 * again, so a reservation that nobody has heard back from can only ever be given up.
 */
export interface Claims {
  readonly accountId: string;
  readonly attempt: string;
  readonly markets: readonly MarketClaim[];
  /** Holds that end with this commit: what is reserved for them does not count against its caps. */
  readonly endingHoldIds: readonly string[];
}

/** What is at stake on a selection now. */
export interface Liability extends SelectionRef {
  readonly minor: number;
}

/** What became of claims: all are reserved, or none is and the markets are as told. */
export type ClaimsAnswer =
  | { readonly kind: "reserved"; readonly liabilities: readonly Liability[] }
  | { readonly kind: "changed"; readonly markets: readonly MarketSnapshot[] };

/** The reservation of a bet or hold: the one that an attempt of its account has made. */
export interface ReservationRef {
  readonly backingId: string;
  readonly attempt: string;
}

/** What accounts and the log's writers ask of an object that has markets. */
export interface MarketCalls {
  /** The markets as they are, in their order. */
  snapshots(marketIds: readonly string[]): Promise<readonly MarketSnapshot[]>;

  /** Checks what a commit saw and reserves what it adds, on all markets claimed or on none. */
  claim(claims: Claims): Promise<ClaimsAnswer>;

  /**
   * Takes the liability of reservations away; those that are gone already are passed over. Answers what
   * is at stake now where something was taken away.
   */
  release(reservations: readonly ReservationRef[]): Promise<readonly Liability[]>;

  /** Forgets reservations whose bets stand: their liability stays. It may run twice. */
  stand(reservations: readonly ReservationRef[]): Promise<void>;
}

/**
 * What an account says of a reservation. `stands`: its bet is stored. `pending`: a hold has it, or its
 * commit is under way. `none`: no bet or hold has it, or ever will.
 */
export type ReservationFate = "stands" | "pending" | "none";

/** What objects with markets ask of accounts. */
export interface ReservationHolder {
  /** The fates of reservations that were made for the account, in their order. */
  fates(
    reservations: readonly ReservationRef[],
  ): Promise<readonly ReservationFate[]>;
}
