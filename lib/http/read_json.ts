import type * as z from "zod";
import { readBodyText } from "./body_text.ts";
import { parseIJson } from "./i_json.ts";
import { invalid, type Parsed, parseWith } from "./parsed.ts";

/**
 * Reads the body of a request as strict I-JSON and checks it against a schema. Reads the body, so it
 * runs once a request.
 */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<Parsed<z.output<Schema>>> {
  const body = await readBodyText(request);
  if (!body.ok) return body;
  const json = parseIJson(body.text);
  return json.ok ? parseWith(schema, json.value) : invalid(json.flaws);
}

/** The same, of a body that may be left out, which stands for an empty object. */
export async function readOptionalJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<Parsed<z.output<Schema>>> {
  const body = await readBodyText(request, { mayBeEmpty: true });
  if (!body.ok) return body;
  const json = parseIJson(body.text === "" ? "{}" : body.text);
  return json.ok ? parseWith(schema, json.value) : invalid(json.flaws);
}
