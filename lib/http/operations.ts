import * as z from "zod";
import { AccountJson } from "./account_json.ts";
import { AuditHeadJson, AuditQuery, AuditRecordsJson } from "./audit_json.ts";
import { BETTING_OPERATIONS } from "./betting_operations.ts";
import { EventJson, EventsJson } from "./event_json.ts";
import type { Operation } from "./operation.ts";
import { StartedSessionJson, StartSessionBody } from "./session_json.ts";
import { TRADING_OPERATIONS } from "./trading_operations.ts";

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
  ...BETTING_OPERATIONS,
  ...TRADING_OPERATIONS,
  {
    id: "listAuditRecords",
    method: "get",
    path: "/api/audit/records",
    summary:
      "Records of the append-only log: all of them for auditors, a market's for traders, their own for players.",
    audience: "signed in",
    query: AuditQuery,
    answer: { status: 200, description: "A page of the log.", schema: AuditRecordsJson },
    problems: ["forbidden", "not-found"],
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
