// Pure: an account's entries as the lines of a statement. Imports the domain only.
import type { AccountEntry } from "../domain/entry.ts";
import { type ListedEvent } from "./lobby.ts";
import { namesOfLegs } from "./leg_names.ts";

/** One line: what happened, how the balance moved, and the balance after it. Minor units. */
export interface StatementLine {
  readonly seq: number;
  readonly atMs: number;
  readonly words: string;
  /** The bet it is about; null when it is about none. */
  readonly betId: string | null;
  readonly movedMinor: number;
  readonly balanceMinor: number;
}

/** The line that an entry makes. Bets are named by what they are on. */
export function statementLine(entry: AccountEntry, events: readonly ListedEvent[]): StatementLine {
  const { seq, atMs, event, state } = entry;
  const movedMinor = event.postings
    .filter((posting) => posting.account === "player_cash")
    .reduce((sum, posting) => sum + posting.amountMinor, 0);
  const bet = event.type === "bet.placed" ? event.bet : null;
  return {
    seq,
    atMs,
    words: wordsOf(entry, events),
    betId: bet?.id ?? null,
    movedMinor,
    balanceMinor: state.balanceMinor,
  };
}

function wordsOf({ event, actor }: AccountEntry, events: readonly ListedEvent[]): string {
  switch (event.type) {
    case "account.opened":
      return "Account opened";
    case "deposit.accepted":
      return actor === "system" ? "Play money to start with" : "Deposit";
    case "bet.placed":
      return `Stake on ${
        namesOfLegs(event.bet.legs, events).map((leg) => leg.selection).join(", ")
      }`;
    case "bet.refused":
      return "Bet refused";
    case "hold.authorised":
      return "Stake held";
    case "hold.voided":
      return "Hold given up";
    case "hold.expired":
      return "Hold ran out";
    case "hold.refused":
      return "Hold refused";
  }
}
