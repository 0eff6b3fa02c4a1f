import type { Operation } from "./operation.ts";
import { ChangedMarketJson, MarketExposureJson, SetLimitsBody } from "./trading_json.ts";

/** Running the markets. */
export const TRADING_OPERATIONS: readonly Operation[] = [
  {
    id: "getMarketExposure",
    method: "get",
    path: "/api/trading/markets/{id}",
    summary: "A market with what the book can lose on each selection, and its cap.",
    audience: "traders",
    answer: { status: 200, description: "As it is now.", schema: MarketExposureJson },
    problems: ["not-found"],
  },
  {
    id: "setLimits",
    method: "post",
    path: "/api/trading/markets/{id}/limits",
    summary: "Set the most the book may lose on selections of a market.",
    audience: "traders",
    keyed: true,
    body: SetLimitsBody,
    answer: { status: 200, description: "The market after it.", schema: ChangedMarketJson },
    problems: ["csrf", "not-found", "contended", "outcome-unknown"],
  },
];
