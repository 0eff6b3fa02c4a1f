import type { Bet } from "./bet.ts";
import type { AuthoriseHold, ConfirmHold, ExpireHold, VoidHold } from "./commands.ts";
import type { SeenOpen } from "./decide.ts";
import type { AccountEvent, HoldRefused, HoldRequest } from "./events.ts";
import { type Hold, isDead, statusAt } from "./hold.ts";
import { transfer } from "./postings.ts";
import { quote } from "./quote.ts";
import type { Decision, Refusal } from "./refusals.ts";
import { accept, refuse, strongest } from "./refusals.ts";

/** Sets a stake aside at the current price, unless another hold is pending. */
export function authorise(seen: SeenOpen, command: AuthoriseHold): AccountEvent {
  const { legs, stakeMinor, priceChange, requestId, rounding, atMs } = command;
  const quoted = quote(seen, command, activeRefusals(seen));
  if (!quoted.ok) {
    return refused({ action: "authorise", legs, stakeMinor, priceChange }, quoted.refusal);
  }
  const hold: Hold = {
    id: command.holdId,
    requestId,
    accountId: seen.account.id,
    legs: quoted.value.legs,
    amountMinor: stakeMinor,
    currency: seen.account.currency,
    rounding,
    potentialReturnsMinor: quoted.value.potentialReturnsMinor,
    priceChange,
    authorisedAtMs: atMs,
    expiresAtMs: atMs + command.holdMs,
  };
  return { type: "hold.authorised", hold, postings: [] };
}

/** Makes the hold a bet at the price it was authorised at; the market must be taking bets still. */
export function confirm(seen: SeenOpen, command: ConfirmHold): AccountEvent {
  const { holdId } = command;
  const pending = pendingHold(seen, command);
  if (!pending.ok) return refused({ action: "confirm", holdId }, pending.refusal);
  const shut = strongest(marketRefusals(seen, pending.value));
  if (shut) return refused({ action: "confirm", holdId }, shut);
  const { value: hold } = pending;
  const { priceChange, amountMinor } = hold;
  return {
    type: "bet.placed",
    bet: betOf(hold, command),
    hold,
    priceChange,
    postings: transfer({ from: "player_cash", to: "player_at_risk", amountMinor }),
  };
}

/** Gives the hold's money and liability back. */
export function voidHold(seen: SeenOpen, command: VoidHold): AccountEvent {
  const pending = pendingHold(seen, command);
  if (pending.ok) return { type: "hold.voided", hold: pending.value, postings: [] };
  return refused({ action: "void", holdId: command.holdId }, pending.refusal);
}

/** Ends a dead hold. Throws, as a defect, when the account holds no such hold or it is alive. */
export function expire(seen: SeenOpen, command: ExpireHold): AccountEvent {
  const { hold } = seen.account;
  if (hold?.id !== command.holdId || !isDead(hold, command.atMs)) {
    throw new Error(`hold ${command.holdId} is not there to be expired`);
  }
  return { type: "hold.expired", hold, postings: [] };
}

function pendingHold(
  seen: SeenOpen,
  command: { readonly holdId: string; readonly atMs: number },
): Decision<Hold> {
  const { holdId } = command;
  if (!seen.hold) return refuse({ kind: "hold_unknown", holdId });
  const { hold } = seen.hold;
  const status = statusAt(seen.hold, command.atMs);
  switch (status) {
    case "pending":
      return accept(hold);
    case "expired":
      return refuse({ kind: "hold_expired", holdId, expiresAtMs: hold.expiresAtMs });
    case "posted":
    case "voided":
      return refuse({ kind: "hold_not_pending", holdId, status });
  }
}

function activeRefusals(seen: SeenOpen): readonly Refusal[] {
  const { hold } = seen.account;
  if (!hold) return [];
  return [{ kind: "hold_active", holdId: hold.id, expiresAtMs: hold.expiresAtMs }];
}

function marketRefusals(seen: SeenOpen, hold: Hold): readonly Refusal[] {
  return hold.legs.flatMap(({ marketId }, leg): readonly Refusal[] => {
    const status = seen.markets.get(marketId)?.status;
    if (status === "suspended") return [{ kind: "market_suspended", marketId, leg }];
    return status === "open" ? [] : [{ kind: "market_closed", marketId, leg }];
  });
}

function betOf(hold: Hold, command: ConfirmHold): Bet {
  const { accountId, legs, amountMinor, currency, rounding, potentialReturnsMinor } = hold;
  return {
    id: command.betId,
    requestId: command.requestId,
    accountId,
    status: "open",
    legs,
    stakeMinor: amountMinor,
    currency,
    rounding,
    potentialReturnsMinor,
    placedAtMs: command.atMs,
  };
}

function refused(asked: HoldRequest, refusal: Refusal): HoldRefused {
  return { type: "hold.refused", asked, refusal, postings: [] };
}
