import { type DocumentNode, parse, type ValueNode } from "@humanwhocodes/momoa";
import { numberSurvives } from "./i_json_number.ts";
import { pointerTo } from "./json_pointer.ts";
import type { Flaw } from "./problem.ts";

/** What reading a JSON text gave: its value, or what is wrong with it, each at its place. */
export type IJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly flaws: readonly Flaw[] };

/** Deeper than any body of ours, and far from what could exhaust the stack. */
const MAX_DEPTH = 32;

/** As many flaws as help; a hostile text could have thousands. */
const MAX_FLAWS = 20;

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
  // Before the syntax tree is built, because building it and walking it go as deep as the text does.
  if (depthOf(text) > MAX_DEPTH) return flawed(`The body is nested more than ${MAX_DEPTH} levels.`);
  let tree: DocumentNode;
  try {
    tree = parse(text, { mode: "json", ranges: true });
  } catch {
    return flawed("The body is not valid JSON.");
  }
  const flaws: Flaw[] = [];
  inspect(tree.body, [], { text, flaws });
  return flaws.length === 0 ? { ok: true, value } : { ok: false, flaws };
}

function flawed(detail: string): IJson {
  return { ok: false, flaws: [{ pointer: "", detail }] };
}

/** Brackets outside strings, in a text that is known to be JSON. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === "[" || token === "{") deepest = Math.max(deepest, ++depth);
    else if (token === "]" || token === "}") depth--;
  }
  return deepest;
}

type Path = readonly (string | number)[];

interface Inspection {
  readonly text: string;
  readonly flaws: Flaw[];
}

function inspect(node: ValueNode, path: Path, inspection: Inspection): void {
  switch (node.type) {
    case "Object": {
      const names = new Set<string>();
      for (const member of node.members) {
        const name = member.name.type === "String" ? member.name.value : member.name.name;
        const place = [...path, name];
        if (names.has(name)) report(inspection, place, "This member is named twice.");
        names.add(name);
        if (!isUnicode(name)) {
          report(inspection, place, "This name has characters that no text has.");
        }
        inspect(member.value, place, inspection);
      }
      return;
    }
    case "Array":
      for (const [index, element] of node.elements.entries()) {
        inspect(element.value, [...path, index], inspection);
      }
      return;
    case "Number": {
      const [start = 0, end = 0] = node.range ?? [];
      if (!numberSurvives(inspection.text.slice(start, end))) {
        report(inspection, path, "This number is too large or too precise to be read exactly.");
      }
      return;
    }
    case "String":
      if (!isUnicode(node.value)) {
        report(inspection, path, "This text has characters that no text has.");
      }
      return;
  }
}

function report({ flaws }: Inspection, path: Path, detail: string): void {
  if (flaws.length < MAX_FLAWS) flaws.push({ pointer: pointerTo(path), detail });
}

const NONCHARACTER = /[\p{Noncharacter_Code_Point}]/u;

/** RFC 7493, section 2.1. */
function isUnicode(text: string): boolean {
  return text.isWellFormed() && !NONCHARACTER.test(text);
}
