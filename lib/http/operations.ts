import * as z from "zod";
import { AccountJson } from "./account_json.ts";
import { AuditHeadJson, AuditQuery, AuditRecordsJson } from "./audit_json.ts";
import { BetJson, BetsJson, PlaceBetBody, PlacedBetJson } from "./bet_json.ts";
import { BetsQuery } from "./bets_query.ts";
import { EventJson, EventsJson } from "./event_json.ts";
import type { ProblemSlug } from "./problem.ts";
import { RequestJson } from "./request_json.ts";
import { StartedSessionJson, StartSessionBody } from "./session_json.ts";

/** Who may ask: anybody, anybody who is signed in, or who is named. */
export type Audience = "anybody" | "signed in" | "players" | "auditors and players";

/** One thing the API can be asked. The routes do it; this says so, for people and for machines. */
export interface Operation {
  readonly id: string;
  readonly method: "get" | "post";
  /** With its parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly audience: Audience;
  /** Whether it needs an Idempotency-Key. */
  readonly keyed?: true;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  readonly answer: {
    readonly status: 200 | 201;
    readonly description: string;
    readonly schema: z.ZodType;
  };
  /** What it refuses with, besides what its audience, key, query and body bring with them. */
  readonly problems: readonly ProblemSlug[];
}

/** Every operation, in the order in which a newcomer needs them. */
export const OPERATIONS: readonly Operation[] = [
  {
    id: "startDemoSession",
    method: "post",
    path: "/api/demo/sessions",
    summary: "Start a demo session; a player gets a new account with play money. Demo mode only.",
    audience: "anybody",
    body: StartSessionBody,
    answer: {
      status: 201,
      description: "The session's token; a browser also gets it as a cookie.",
      schema: StartedSessionJson,
    },
    problems: ["csrf", "not-found", "contended"],
  },
  {
    id: "listEvents",
    method: "get",
    path: "/api/events",
    summary: "All events with their markets, selections and prices.",
    audience: "anybody",
    answer: { status: 200, description: "Earliest start first.", schema: EventsJson },
    problems: [],
  },
  {
    id: "getEvent",
    method: "get",
    path: "/api/events/{id}",
    summary: "One event with its markets.",
    audience: "anybody",
    answer: { status: 200, description: "The event.", schema: EventJson },
    problems: ["not-found"],
  },
  {
    id: "getAccount",
    method: "get",
    path: "/api/account",
    summary: "Your account as it is now.",
    audience: "signed in",
    answer: { status: 200, description: "The account.", schema: AccountJson },
    problems: ["forbidden", "not-found"],
  },
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
    problems: [
      "csrf",
      "not-found",
      "market-closed",
      "market-suspended",
      "stake-out-of-range",
      "price-changed",
      "insufficient-funds",
      "idempotency-mismatch",
      "contended",
      "outcome-unknown",
    ],
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
  {
    id: "listAuditRecords",
    method: "get",
    path: "/api/audit/records",
    summary: "Records of the append-only log: all of them for auditors, their own for players.",
    audience: "auditors and players",
    query: AuditQuery,
    answer: { status: 200, description: "A page of the log.", schema: AuditRecordsJson },
    problems: ["not-found"],
  },
  {
    id: "getAuditHead",
    method: "get",
    path: "/api/audit/head",
    summary: "Where the log ends: its size and the hash of its last record.",
    audience: "signed in",
    answer: { status: 200, description: "The head.", schema: AuditHeadJson },
    problems: [],
  },
  {
    id: "getHealth",
    method: "get",
    path: "/healthz",
    summary: "Whether the process answers.",
    audience: "anybody",
    answer: {
      status: 200,
      description: "It does.",
      schema: z.object({ status: z.literal("ok") }),
    },
    problems: [],
  },
  {
    id: "getReadiness",
    method: "get",
    path: "/readyz",
    summary: "Whether the store answers, too.",
    audience: "anybody",
    answer: {
      status: 200,
      description: "It does.",
      schema: z.object({ status: z.literal("ready") }),
    },
    problems: ["not-ready"],
  },
  {
    id: "getOpenApi",
    method: "get",
    path: "/openapi.json",
    summary: "This document.",
    audience: "anybody",
    answer: {
      status: 200,
      description: "OpenAPI 3.1.",
      schema: z.record(z.string(), z.unknown()),
    },
    problems: [],
  },
];

/** Every kind of problem an operation can answer with. */
export function problemsOf(operation: Operation): readonly ProblemSlug[] {
  const slugs: ProblemSlug[] = [...operation.problems, "internal"];
  if (operation.audience !== "anybody") slugs.push("unauthenticated");
  if (operation.audience === "players") slugs.push("forbidden");
  if (operation.audience === "auditors and players") slugs.push("forbidden");
  if (operation.keyed) slugs.push("idempotency-key-required", "invalid-request");
  if (operation.query) slugs.push("invalid-request");
  if (operation.body) slugs.push("invalid-request", "payload-too-large", "unsupported-media-type");
  return [...new Set(slugs)];
}
