import type { Operation } from "./operation.ts";
import {
  ChangedMarketJson,
  MarketExposureJson,
  SetLimitsBody,
  SetPricesBody,
  SetStatusBody,
} from "./trading_json.ts";

/** What all changes of a market have in common. */
const CHANGING = {
  audience: "traders",
  keyed: true,
  answer: { status: 200, description: "The market after it.", schema: ChangedMarketJson },
  problems: [
    "csrf",
    "not-found",
    "market-closed",
    "idempotency-mismatch",
    "contended",
    "outcome-unknown",
  ],
} as const satisfies Partial<Operation>;

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
    body: SetLimitsBody,
    ...CHANGING,
  },
  {
    id: "setPrices",
    method: "post",
    path: "/api/trading/markets/{id}/prices",
    summary: "Set prices of a market.",
    body: SetPricesBody,
    ...CHANGING,
  },
  {
    id: "suspendMarket",
    method: "post",
    path: "/api/trading/markets/{id}/suspend",
    summary: "Take no more bets on a market for now.",
    body: SetStatusBody,
    bodyOptional: true,
    ...CHANGING,
  },
  {
    id: "resumeMarket",
    method: "post",
    path: "/api/trading/markets/{id}/resume",
    summary: "Take bets on a suspended market again.",
    body: SetStatusBody,
    bodyOptional: true,
    ...CHANGING,
  },
];
