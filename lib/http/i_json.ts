import { flawsIn } from "./i_json_flaws.ts";
import { numberSurvives } from "./i_json_number.ts";
import { type JsonShape, membersOf, shapeOf } from "./i_json_shape.ts";
import { isUnicode } from "./i_json_text.ts";
import type { Flaw } from "./problem.ts";

/** What reading a JSON text gave: its value, or what is wrong with it, each at its place. */
export type IJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly flaws: readonly Flaw[] };

/** Deeper than any body of ours, and far from what could exhaust the stack. */
const MAX_DEPTH = 32;

/**
 * Reads I-JSON (RFC 7493): JSON whose objects never name a member twice, whose strings are Unicode
 * characters without lone surrogates and noncharacters, and whose numbers mean the same to everybody.
 * Two programs that read such a text cannot understand it differently. At most 32 levels deep.
 */
export function parseIJson(text: string): IJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return flawed("The body is not valid JSON.");
  }
  const shape = shapeOf(text);
  // Before anything is walked, because that goes as deep as the text does.
  if (shape.depth > MAX_DEPTH) return flawed(`The body is nested more than ${MAX_DEPTH} levels.`);
  if (isPlainlyIJson(text, shape, value)) return { ok: true, value };
  try {
    const flaws = flawsIn(text);
    return flaws.length === 0 ? { ok: true, value } : { ok: false, flaws };
  } catch {
    return flawed("The body is not valid JSON.");
  }
}

/**
 * Whether there are no flaws to look for, which is so of almost every body: the search for them, in a
 * syntax tree, takes many times as long. True only where that search would find none.
 */
function isPlainlyIJson(text: string, shape: JsonShape, value: unknown): boolean {
  // An escape can spell any character; without one, the strings' characters are the text's.
  return !text.includes("\\u") && isUnicode(text) &&
    shape.numbers.every(numberSurvives) &&
    // Of two members of one name, and all that is in them, reading keeps one.
    shape.members === membersOf(value);
}

function flawed(detail: string): IJson {
  return { ok: false, flaws: [{ pointer: "", detail }] };
}
