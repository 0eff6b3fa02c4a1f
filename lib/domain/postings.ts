/** The accounts of the double entry, one set for each player. */
export type PostingAccount = "player_cash" | "player_at_risk" | "house" | "external";

/** A movement into (positive) or out of (negative) one account, in minor units. */
export interface Posting {
  readonly account: PostingAccount;
  readonly amountMinor: number;
}

/** The two postings that move an amount from one account to another; they sum to zero. */
export function transfer(
  movement: {
    readonly from: PostingAccount;
    readonly to: PostingAccount;
    readonly amountMinor: number;
  },
): readonly Posting[] {
  return [
    { account: movement.from, amountMinor: -movement.amountMinor },
    { account: movement.to, amountMinor: movement.amountMinor },
  ];
}

/** The exact sum of postings; zero for every event, and for all events together. */
export function sumOfPostings(postings: Iterable<Posting>): bigint {
  let sum = 0n;
  for (const posting of postings) sum += BigInt(posting.amountMinor);
  return sum;
}
