import type { AccountState } from "../domain/account.ts";
import type { Bet } from "../domain/bet.ts";
import type { Hold, HoldStatus } from "../domain/hold.ts";
import type { Refusal } from "../domain/refusals.ts";
import { accountJson } from "./account_json.ts";
import { betJson } from "./bet_json.ts";
import { holdJson } from "./hold_json.ts";
import { replayedHeader } from "./idempotency_key.ts";
import { CONTENDED, MISMATCH, OUTCOME_UNKNOWN } from "./plain_problems.ts";
import { problemResponse } from "./problem_response.ts";
import { refusalProblem } from "./refusal_problem.ts";

/** How a request for a bet, or about a hold, ended. `replayed`: it had been answered before. */
export type Decided =
  | {
    readonly kind: "placed" | "confirmed";
    readonly bet: Bet;
    readonly account: AccountState;
    readonly replayed: boolean;
  }
  | {
    readonly kind: "held";
    readonly hold: Hold;
    readonly status: HoldStatus;
    readonly account: AccountState;
    readonly replayed: boolean;
  }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly replayed: boolean }
  | { readonly kind: "mismatch" | "contended" | "unknown" };

/**
 * The answer over HTTP; `status` is that of what was done. Nothing in a body tells one repetition of a
 * request from another: all get the same bytes.
 */
export function decidedResponse(answer: Decided, status: 200 | 201): Response {
  switch (answer.kind) {
    case "placed":
    case "confirmed": {
      const { bet, account } = answer;
      const headers = { location: `/api/bets/${bet.id}`, ...replayedHeader(answer) };
      const body = { bet: betJson(bet), account: accountJson(account) };
      return Response.json(body, { status, headers });
    }
    case "held": {
      const { hold, account } = answer;
      const body = { hold: holdJson(hold, answer.status), account: accountJson(account) };
      return Response.json(body, { status, headers: replayedHeader(answer) });
    }
    case "refused":
      return problemResponse(refusalProblem(answer.refusal), { headers: replayedHeader(answer) });
    case "mismatch":
      return problemResponse(MISMATCH);
    case "contended":
      return problemResponse(CONTENDED);
    case "unknown":
      return problemResponse(OUTCOME_UNKNOWN);
  }
}
