import type * as z from "zod";
import { pointerTo } from "./json_pointer.ts";
import type { Flaw, Problem } from "./problem.ts";

/** What reading a part of a request gave: its value, or the problem to answer with. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

/** Checks a value against a schema. */
export function parseWith<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): Parsed<z.output<Schema>> {
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, value: result.data };
  return invalid(result.error.issues.flatMap(flawsOf));
}

/** A request that cannot be understood. It changed nothing. */
export function invalid(
  errors: readonly Flaw[],
): { readonly ok: false; readonly problem: Problem } {
  const first = errors[0];
  const where = first?.pointer ? `${first.pointer}: ` : "";
  const detail = `We could not understand the request, so nothing was changed. ${where}${
    first?.detail ?? ""
  }`.trim();
  return { ok: false, problem: { slug: "invalid-request", detail, members: { errors } } };
}

function flawsOf(issue: z.core.$ZodIssue): Flaw[] {
  if (issue.code !== "unrecognized_keys") {
    return [{ pointer: pointerTo(issue.path), detail: issue.message }];
  }
  return issue.keys.map((key) => ({
    pointer: pointerTo([...issue.path, key]),
    detail: "There is no member of this name here.",
  }));
}
