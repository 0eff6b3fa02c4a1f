import { BetJson, BetsJson, PlaceBetBody, PlacedBetJson } from "./bet_json.ts";
import { BetsQuery } from "./bets_query.ts";
import { HeldJson, NoBody } from "./hold_json.ts";
import type { Operation } from "./operation.ts";
import type { ProblemSlug } from "./problem.ts";
import { RequestJson } from "./request_json.ts";

/** What any request that is decided under its key can be told. */
const DECIDED: readonly ProblemSlug[] = [
  "csrf",
  "not-found",
  "idempotency-mismatch",
  "contended",
  "outcome-unknown",
];

const BACKING: readonly ProblemSlug[] = [
  ...DECIDED,
  "market-closed",
  "market-suspended",
  "stake-out-of-range",
  "price-changed",
  "insufficient-funds",
  "liability-cap",
];

const PENDING: readonly ProblemSlug[] = [...DECIDED, "hold-expired", "hold-not-pending"];

/** Placing bets, at once or through a hold, and looking them up. */
export const BETTING_OPERATIONS: readonly Operation[] = [
  {
    id: "placeBet",
    method: "post",
    path: "/api/bets",
    summary: "Place a bet, exactly once for each Idempotency-Key.",
    audience: "players",
    keyed: true,
    body: PlaceBetBody,
    answer: {
      status: 201,
      description: "The bet, and the account after it.",
      schema: PlacedBetJson,
    },
    problems: BACKING,
  },
  {
    id: "authoriseHold",
    method: "post",
    path: "/api/holds",
    summary: "Set a stake aside for 30 seconds at the current price; one hold an account.",
    audience: "players",
    keyed: true,
    body: PlaceBetBody,
    answer: {
      status: 201,
      description: "The hold, and the account after it.",
      schema: HeldJson,
    },
    problems: [...BACKING, "hold-active"],
  },
  {
    id: "confirmHold",
    method: "post",
    path: "/api/holds/{id}/confirm",
    summary: "Make a pending hold a bet at the price it was authorised at.",
    audience: "players",
    keyed: true,
    body: NoBody,
    bodyOptional: true,
    answer: {
      status: 200,
      description: "The bet, and the account after it.",
      schema: PlacedBetJson,
    },
    problems: [...PENDING, "market-closed", "market-suspended"],
  },
  {
    id: "voidHold",
    method: "post",
    path: "/api/holds/{id}/void",
    summary: "Give a pending hold up.",
    audience: "players",
    keyed: true,
    body: NoBody,
    bodyOptional: true,
    answer: {
      status: 200,
      description: "The hold, and the account after it.",
      schema: HeldJson,
    },
    problems: PENDING,
  },
  {
    id: "listBets",
    method: "get",
    path: "/api/bets",
    summary: "Your bets, newest first.",
    audience: "signed in",
    query: BetsQuery,
    answer: { status: 200, description: "A page of bets.", schema: BetsJson },
    problems: ["forbidden"],
  },
  {
    id: "getBet",
    method: "get",
    path: "/api/bets/{id}",
    summary: "One of your bets.",
    audience: "signed in",
    answer: { status: 200, description: "The bet.", schema: BetJson },
    problems: ["forbidden", "not-found"],
  },
  {
    id: "getRequest",
    method: "get",
    path: "/api/requests/{requestId}",
    summary: "What became of a request, by the Idempotency-Key it was sent with.",
    audience: "signed in",
    answer: { status: 200, description: "What was decided.", schema: RequestJson },
    problems: ["forbidden", "not-found"],
  },
];
