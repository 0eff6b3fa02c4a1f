import type * as z from "zod";
import type { ProblemSlug } from "./problem.ts";

/** Who may ask: anybody, anybody who is signed in, or who is named. */
export type Audience = "anybody" | "signed in" | "players" | "traders";

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
  /** Whether the body may be left out. */
  readonly bodyOptional?: true;
  readonly answer: {
    readonly status: 200 | 201;
    readonly description: string;
    readonly schema: z.ZodType;
  };
  /** What it refuses with, besides what its audience, key, query and body bring with them. */
  readonly problems: readonly ProblemSlug[];
}

/** Every kind of problem an operation can answer with. */
export function problemsOf(operation: Operation): readonly ProblemSlug[] {
  const { audience } = operation;
  const slugs: ProblemSlug[] = [...operation.problems, "internal"];
  if (audience !== "anybody") slugs.push("unauthenticated");
  if (audience !== "anybody" && audience !== "signed in") slugs.push("forbidden");
  if (operation.keyed) slugs.push("idempotency-key-required", "invalid-request");
  if (operation.query) slugs.push("invalid-request");
  if (operation.body) slugs.push("invalid-request", "payload-too-large", "unsupported-media-type");
  return [...new Set(slugs)];
}
