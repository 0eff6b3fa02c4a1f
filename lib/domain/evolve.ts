import type { AccountState } from "./account.ts";
import type { AccountEvent } from "./events.ts";
import { assertAmountMinor } from "./money.ts";
import type { Posting, PostingAccount } from "./postings.ts";

/**
 * The account after an event. Pure; throws, as a defect, when the event does not fit the state (money
 * that is not there, a first event that does not open the account).
 */
export function evolve(
  before: { readonly accountId: string; readonly state: AccountState | null },
  event: AccountEvent,
): AccountState {
  if (event.type === "account.opened") return empty(before, event.currency);
  const { state } = before;
  if (!state) throw new Error(`${event.type} on account ${before.accountId}, which is not open`);
  if (event.type === "bet.refused") return state;
  return {
    ...state,
    version: state.version + 1,
    balanceMinor: moved(state.balanceMinor, "player_cash", event.postings),
    atRiskMinor: moved(state.atRiskMinor, "player_at_risk", event.postings),
  };
}

function empty(
  before: { readonly accountId: string; readonly state: AccountState | null },
  currency: AccountState["currency"],
): AccountState {
  if (before.state) throw new Error(`account ${before.accountId} is already open`);
  return {
    id: before.accountId,
    currency,
    status: "open",
    version: 1,
    balanceMinor: 0,
    heldMinor: 0,
    atRiskMinor: 0,
  };
}

function moved(amountMinor: number, account: PostingAccount, postings: readonly Posting[]): number {
  for (const posting of postings) {
    if (posting.account === account) amountMinor += posting.amountMinor;
  }
  return assertAmountMinor(amountMinor);
}
