import { parse, type ValueNode } from "@humanwhocodes/momoa";
import { numberSurvives } from "./i_json_number.ts";
import { isUnicode } from "./i_json_text.ts";
import { pointerTo } from "./json_pointer.ts";
import type { Flaw } from "./problem.ts";

/** As many flaws as help; a hostile text could have thousands. */
const MAX_FLAWS = 20;

/**
 * What keeps a JSON text from being I-JSON (RFC 7493), each flaw at its place; nothing when it is.
 * Throws when the text is not JSON. It goes as deep as the text does.
 */
export function flawsIn(text: string): readonly Flaw[] {
  const flaws: Flaw[] = [];
  inspect(parse(text, { mode: "json", ranges: true }).body, [], { text, flaws });
  return flaws;
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
