import { type ComponentChildren, Fragment, h, type VNode } from "preact";
import { slotMarker } from "../shared/markers.ts";

/** A pair of marker comments; `outermost` when no other pair surrounds it. */
export interface MarkedRange {
  kind: string;
  number: number;
  open: Comment;
  close: Comment;
  outermost: boolean;
}

/** Gives the element of the island with a number, or null if the page does not name it. */
export type ElementOfIsland = (number: number) => VNode | null;

const OPENING = /^fresh-(island|slot):(\d+)$/;

/** All marked ranges below `root`, by their opening comment. Templates have roots of their own. */
export function findMarkers(root: Node): Map<Comment, MarkedRange> {
  const ranges = new Map<Comment, MarkedRange>();
  const around: MarkedRange[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  for (let node = walker.nextNode() as Comment | null; node; node = walker.nextNode() as Comment) {
    const opening = OPENING.exec(node.data);
    const last = around.at(-1);
    if (opening) {
      const range = {
        kind: opening[1]!,
        number: Number(opening[2]),
        open: node,
        close: node,
        outermost: last === undefined,
      };
      ranges.set(node, range);
      around.push(range);
    } else if (last && node.data === `/${last.open.data}`) {
      last.close = node;
      around.pop();
    }
  }
  return ranges;
}

/** The islands that are not inside of another one. */
export function outermostIslands(markers: Map<Comment, MarkedRange>): MarkedRange[] {
  return [...markers.values()].filter((range) => range.outermost && range.kind === "island");
}

/** The JSX that a slot's HTML was rendered from, as far as HTML can tell, with its islands in it. */
export function contentOf(
  markers: Map<Comment, MarkedRange>,
  number: number,
  elementOfIsland: ElementOfIsland,
): ComponentChildren {
  for (const range of markers.values()) {
    if (range.kind === "slot" && range.number === number) {
      return elementsBetween(range.open.nextSibling, range.close, markers, elementOfIsland);
    }
  }
  const template = document.getElementById(slotMarker(number).open);
  if (!(template instanceof HTMLTemplateElement)) return null;
  const { content } = template;
  return elementsBetween(content.firstChild, null, findMarkers(content), elementOfIsland);
}

function elementsBetween(
  first: Node | null,
  end: Node | null,
  markers: Map<Comment, MarkedRange>,
  elementOfIsland: ElementOfIsland,
): VNode {
  const children: ComponentChildren[] = [];
  for (let node = first; node && node !== end; node = node.nextSibling) {
    if (node instanceof Text) {
      children.push(node.data);
    } else if (node instanceof Element) {
      const inner = elementsBetween(node.firstChild, null, markers, elementOfIsland);
      const attributes = Array.from(node.attributes, ({ name, value }) => [name, value]);
      children.push(h(node.localName, Object.fromEntries(attributes), inner));
    } else {
      const range = markers.get(node as Comment);
      if (range?.kind === "island") {
        children.push(elementOfIsland(range.number));
        node = range.close;
      }
    }
  }
  return h(Fragment, null, ...children);
}
