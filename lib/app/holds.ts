import type { AccountState } from "../domain/account.ts";
import type { Bet } from "../domain/bet.ts";
import type { AccountEntry } from "../domain/entry.ts";
import { type Hold, type HoldFate, type HoldStatus, statusAt } from "../domain/hold.ts";
import { betIdOf, holdIdOf } from "../domain/ids.ts";
import type { LedgerStore } from "../ports/ledger_store.ts";
import { type AccountAsking, answerAccountRequest } from "./account_request.ts";
import type { NotDecided, RequestPorts } from "./answer_request.ts";
import { backingAsked, backingOf, type BetRequest } from "./backing.ts";
import type { Refused } from "./place_bet.ts";
import type { Policy } from "./policy.ts";

/** A request about a hold that is there. */
export interface HoldRequest extends AccountAsking {
  readonly holdId: string;
}

/** The answer to a request about a hold; the account is as it was after it. */
export type HoldAnswer =
  | {
    readonly kind: "held";
    readonly hold: Hold;
    readonly status: HoldStatus;
    readonly account: AccountState;
    readonly replayed: boolean;
    readonly decidedAtMs: number;
  }
  | {
    readonly kind: "confirmed";
    readonly bet: Bet;
    readonly account: AccountState;
    readonly replayed: boolean;
    readonly decidedAtMs: number;
  }
  | Refused
  | NotDecided;

/** Sets the stake of a bet aside, or refuses to, exactly once for each account and request id. */
export async function authoriseHold(
  ports: RequestPorts,
  policy: Policy,
  request: BetRequest,
): Promise<HoldAnswer> {
  const answer = await answerAccountRequest(ports, request, {
    what: backingAsked("hold", request),
    selections: request.legs,
    holdId: null,
    command: (place) => ({
      ...backingOf(request, policy),
      type: "authorise",
      holdId: holdIdOf(place),
      holdMs: policy.holdMs,
    }),
  });
  return answer.kind === "decided" ? holdAnswerFrom(answer.entry, answer) : answer;
}

/** Makes a pending hold a bet; of confirming, voiding and expiring it, exactly one wins. */
export async function confirmHold(ports: RequestPorts, request: HoldRequest): Promise<HoldAnswer> {
  const { holdId, requestId, atMs } = request;
  const answer = await answerAccountRequest(ports, request, {
    what: { do: "confirm", holdId },
    selections: [],
    holdId,
    command: (place) => ({ type: "confirm", holdId, betId: betIdOf(place), requestId, atMs }),
  });
  return answer.kind === "decided" ? holdAnswerFrom(answer.entry, answer) : answer;
}

/** Gives a pending hold up. */
export async function voidHold(ports: RequestPorts, request: HoldRequest): Promise<HoldAnswer> {
  const { holdId, atMs } = request;
  const answer = await answerAccountRequest(ports, request, {
    what: { do: "void", holdId },
    selections: [],
    holdId,
    command: () => ({ type: "void", holdId, atMs }),
  });
  return answer.kind === "decided" ? holdAnswerFrom(answer.entry, answer) : answer;
}

/** The answer that an entry stored: the same whenever and however often it is read. */
export function holdAnswerFrom(
  entry: AccountEntry,
  how: { readonly replayed: boolean },
): HoldAnswer {
  const { event, state: account, atMs: decidedAtMs } = entry;
  const told = { account, replayed: how.replayed, decidedAtMs };
  switch (event.type) {
    case "hold.authorised":
      return { kind: "held", hold: event.hold, status: "pending", ...told };
    case "hold.voided":
      return { kind: "held", hold: event.hold, status: "voided", ...told };
    case "bet.placed":
      return { kind: "confirmed", bet: event.bet, ...told };
    case "hold.refused":
      return { kind: "refused", refusal: event.refusal, replayed: how.replayed };
    default:
      throw new Error(`${event.type} is not the answer to a request about a hold`);
  }
}

/** How one of the account's own holds stands at a time; null for what is not there or another's. */
export async function findHold(
  ledger: LedgerStore,
  accountId: string,
  asked: { readonly holdId: string; readonly atMs: number },
): Promise<HoldFate | null> {
  const { holdId, atMs } = asked;
  const query = { accountId, requestId: null, marketIds: [], selections: [], holdId };
  const fate = (await ledger.view([query], { fresh: true })).holds.get(holdId);
  return fate ? { hold: fate.hold, status: statusAt(fate, atMs) } : null;
}
