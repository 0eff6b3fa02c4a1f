import { chainOf, type ChainOwner } from "./chain.ts";

/**
 * Ids of accounts: "acc_" and 16 letters or digits, drawn at random. A bet is named after the entry
 * that placed it, so that its id needs no index, can be drawn again by a retry, and leads back to its
 * account when the bet is settled.
 */
const ACCOUNT_ID = /^acc_([0-9a-z]{16})$/;
const STAFF_ID = /^staff_([0-9a-z]{16})$/;
const BET_ID = /^bet_([0-9a-z]{16})_([1-9][0-9]{0,14})$/;
const HOLD_ID = /^hold_([0-9a-z]{16})_([1-9][0-9]{0,14})$/;

/** Length of {@link accountIdOf}'s argument. */
export const ACCOUNT_ID_LETTERS = 16;

/** The account id made of 16 random letters or digits (0-9, a-z). */
export function accountIdOf(letters: string): string {
  const id = `acc_${letters}`;
  if (!ACCOUNT_ID.test(id)) throw new RangeError(`not 16 letters or digits: ${letters}`);
  return id;
}

/** Whether the text has the form of an account id. */
export function isAccountId(text: string): boolean {
  return ACCOUNT_ID.test(text);
}

/** Length of {@link staffIdOf}'s argument. */
export const STAFF_ID_LETTERS = 16;

/** The id, made of 16 random letters or digits, under which the log knows one of the bookmaker's people. */
export function staffIdOf(letters: string): string {
  const id = `staff_${letters}`;
  if (!STAFF_ID.test(id)) throw new RangeError(`not 16 letters or digits: ${letters}`);
  return id;
}

/** The id of the bet that entry `seq` of an account places. */
export function betIdOf(entry: { readonly accountId: string; readonly seq: number }): string {
  return `bet_${lettersOf(entry.accountId)}_${entry.seq}`;
}

/** The entry that placed a bet, read from the bet's id; null when the text is not such an id. */
export function entryOfBetId(
  betId: string,
): { readonly accountId: string; readonly seq: number } | null {
  const match = BET_ID.exec(betId);
  if (!match) return null;
  const [, letters, seq] = match;
  return { accountId: `acc_${letters}`, seq: Number(seq) };
}

/** The id of the hold that entry `seq` of an account authorises. */
export function holdIdOf(entry: { readonly accountId: string; readonly seq: number }): string {
  return `hold_${lettersOf(entry.accountId)}_${entry.seq}`;
}

/** Whether the text has the form of a hold's id. */
export function isHoldId(text: string): boolean {
  return HOLD_ID.test(text);
}

/**
 * The id of the audit record of one entry. An account's is named after its letters, a market's after
 * its chain; only digits stand behind the last "_", so no two entries share one.
 */
export function recordIdOf(entry: ChainOwner & { readonly seq: number }): string {
  const owner = "marketId" in entry ? chainOf(entry) : lettersOf(entry.accountId);
  return `rec_${owner}_${entry.seq}`;
}

function lettersOf(accountId: string): string {
  const match = ACCOUNT_ID.exec(accountId);
  if (!match?.[1]) throw new RangeError(`not an account id: ${accountId}`);
  return match[1];
}
