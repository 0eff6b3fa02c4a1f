import type { AccountState } from "../domain/account.ts";
import type { Bet } from "../domain/bet.ts";
import type { AccountEntry } from "../domain/entry.ts";
import { betIdOf } from "../domain/ids.ts";
import type { Refusal } from "../domain/refusals.ts";
import { answerAccountRequest } from "./account_request.ts";
import type { NotDecided, RequestPorts } from "./answer_request.ts";
import { backingAsked, backingOf, type BetRequest } from "./backing.ts";
import type { Policy } from "./policy.ts";

/** A "no" that was decided. */
export interface Refused {
  readonly kind: "refused";
  readonly refusal: Refusal;
  readonly replayed: boolean;
}

/** The answer to a request for a bet; the account is as it was after the bet. */
export type BetAnswer =
  | {
    readonly kind: "placed";
    readonly bet: Bet;
    readonly account: AccountState;
    readonly replayed: boolean;
    readonly decidedAtMs: number;
  }
  | Refused
  | NotDecided;

/** Places a bet, or refuses it, exactly once for each account and request id. */
export async function placeBet(
  ports: RequestPorts,
  policy: Policy,
  request: BetRequest,
): Promise<BetAnswer> {
  const answer = await answerAccountRequest(ports, request, {
    what: backingAsked("bet", request),
    selections: request.legs,
    holdId: null,
    command: (place) => ({ ...backingOf(request, policy), type: "place", betId: betIdOf(place) }),
  });
  return answer.kind === "decided" ? answerFrom(answer.entry, answer) : answer;
}

/** The answer that an entry stored: the same whenever and however often it is read. */
export function answerFrom(entry: AccountEntry, how: { readonly replayed: boolean }): BetAnswer {
  const { event, state, atMs: decidedAtMs } = entry;
  const { replayed } = how;
  switch (event.type) {
    case "bet.placed":
      return { kind: "placed", bet: event.bet, account: state, replayed, decidedAtMs };
    case "bet.refused":
      return { kind: "refused", refusal: event.refusal, replayed };
    default:
      throw new Error(`${event.type} is not the answer to a request for a bet`);
  }
}
