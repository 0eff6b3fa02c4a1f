import { type AccountState, availableMinor } from "./account.ts";
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
  if (event.type === "bet.refused" || event.type === "hold.refused") return state;
  const after: AccountState = {
    ...state,
    version: state.version + 1,
    balanceMinor: moved(state.balanceMinor, "player_cash", event.postings),
    atRiskMinor: moved(state.atRiskMinor, "player_at_risk", event.postings),
    hold: holdAfter(state, event),
  };
  if (availableMinor(after) < 0) throw new RangeError(`${event.type} takes more than is available`);
  return after;
}

type Changing = Exclude<
  AccountEvent,
  { readonly type: "account.opened" | "bet.refused" | "hold.refused" }
>;

function holdAfter(state: AccountState, event: Changing): AccountState["hold"] {
  switch (event.type) {
    case "hold.authorised":
      if (state.hold) throw new Error(`account ${state.id} has a hold already`);
      return event.hold;
    case "hold.voided":
    case "hold.expired":
      return without(state, event.hold.id);
    case "bet.placed":
      return event.hold ? without(state, event.hold.id) : state.hold;
    case "deposit.accepted":
      return state.hold;
  }
}

function without(state: AccountState, holdId: string): null {
  if (state.hold?.id !== holdId) throw new Error(`account ${state.id} has no hold ${holdId}`);
  return null;
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
    atRiskMinor: 0,
    hold: null,
  };
}

function moved(amountMinor: number, account: PostingAccount, postings: readonly Posting[]): number {
  for (const posting of postings) {
    if (posting.account === account) amountMinor += posting.amountMinor;
  }
  return assertAmountMinor(amountMinor);
}
