import type { AccountState } from "../../../lib/domain/account.ts";
import type { AccountEntry } from "../../../lib/domain/entry.ts";
import type { AccountEvent } from "../../../lib/domain/events.ts";
import type { Hold } from "../../../lib/domain/hold.ts";
import { same } from "./same.ts";

/** What is wrong with the account after an entry, in words, or null; by rules of our own. */
export function accountFlaw(before: AccountState | null, entry: AccountEntry): string | null {
  const { accountId, event, state } = entry;
  const moved = { cash: 0, atRisk: 0 };
  let sum = 0n;
  for (const { account, amountMinor } of event.postings) {
    sum += BigInt(amountMinor);
    if (account === "player_cash") moved.cash += amountMinor;
    if (account === "player_at_risk") moved.atRisk += amountMinor;
  }
  if (sum !== 0n) return `its postings come to ${sum}`;
  const refused = event.type === "bet.refused" || event.type === "hold.refused";
  const adds = state.id === accountId && state.status === "open" &&
    state.balanceMinor === (before?.balanceMinor ?? 0) + moved.cash &&
    state.atRiskMinor === (before?.atRiskMinor ?? 0) + moved.atRisk &&
    state.version === (before?.version ?? 0) + (refused ? 0 : 1);
  if (!adds) return "the account does not follow from it";
  if (stakedMinor(event) !== moved.atRisk) return "not its stake is at risk";
  const hold = holdAfter(before?.hold ?? null, event);
  if (hold === undefined) return "its hold was not the account's";
  if (!same(hold, state.hold)) return "what is held is not the active hold";
  const heldMinor = state.hold?.amountMinor ?? 0;
  const enough = heldMinor >= 0 && state.balanceMinor >= heldMinor && state.atRiskMinor >= 0;
  return enough ? null : "the account has less than nothing";
}

function stakedMinor(event: AccountEvent): number {
  return event.type === "bet.placed" ? event.bet.stakeMinor : 0;
}

/** The hold of an account after an event; undefined when the event's own hold cannot be the one. */
function holdAfter(before: Hold | null, event: AccountEvent): Hold | null | undefined {
  switch (event.type) {
    case "hold.authorised":
      return before ? undefined : event.hold;
    case "hold.voided":
    case "hold.expired":
      return same(before, event.hold) ? null : undefined;
    case "bet.placed":
      if (!event.hold) return before;
      return same(before, event.hold) ? null : undefined;
    default:
      return before;
  }
}
