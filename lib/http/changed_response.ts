import type { MarketState } from "../domain/market.ts";
import type { MarketRefusal } from "../domain/market_refusals.ts";
import { replayedHeader } from "./idempotency_key.ts";
import { CHANGE_UNKNOWN, CONTENDED, MISMATCH, NO_SUCH_MARKET } from "./plain_problems.ts";
import type { Problem } from "./problem.ts";
import { problemResponse } from "./problem_response.ts";
import { tradingMarketJson } from "./trading_json.ts";

/** How a request to change a market ended. `replayed`: it had been answered before. */
export type Changed =
  | { readonly kind: "changed"; readonly market: MarketState; readonly replayed: boolean }
  | { readonly kind: "refused"; readonly refusal: MarketRefusal; readonly replayed: boolean }
  | { readonly kind: "market_unknown" | "mismatch" | "contended" | "unknown" };

/** The answer over HTTP; `list` is the member of the body that names selections, if one does. */
export function changedResponse(answer: Changed, list: "limits" | "prices" | null): Response {
  switch (answer.kind) {
    case "changed":
      return Response.json({ market: tradingMarketJson(answer.market) }, {
        headers: replayedHeader(answer),
      });
    case "refused":
      return problemResponse(refusalProblem(answer.refusal, list), {
        headers: replayedHeader(answer),
      });
    case "market_unknown":
      return problemResponse(NO_SUCH_MARKET);
    case "mismatch":
      return problemResponse(MISMATCH);
    case "contended":
      return problemResponse(CONTENDED);
    case "unknown":
      return problemResponse(CHANGE_UNKNOWN);
  }
}

function refusalProblem(refusal: MarketRefusal, list: "limits" | "prices" | null): Problem {
  switch (refusal.kind) {
    case "market_closed":
      return {
        slug: "market-closed",
        detail: "The market is closed, and what is closed never changes. Nothing was changed.",
      };
    case "selection_unknown": {
      const detail = "There is no such selection in this market.";
      const pointer = `/${list}/${refusal.index}/selectionId`;
      return {
        slug: "not-found",
        detail: `${detail} Nothing was changed.`,
        members: { errors: [{ pointer, detail }] },
      };
    }
  }
}
