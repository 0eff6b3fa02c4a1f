import type * as z from "zod";
import { invalid, type Parsed, parseWith } from "./parsed.ts";

/** Checks the query of an address against a schema. A parameter that is given twice is refused. */
export function readQuery<Schema extends z.ZodType>(
  url: URL,
  schema: Schema,
): Parsed<z.output<Schema>> {
  const names = [...url.searchParams.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    return invalid([{ pointer: `/${repeated}`, detail: "This parameter is given twice." }]);
  }
  return parseWith(schema, Object.fromEntries(url.searchParams));
}
