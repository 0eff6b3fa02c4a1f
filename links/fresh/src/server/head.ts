import { type ComponentChildren, Fragment, isValidElement, toChildArray, type VNode } from "preact";
import type { RenderPass } from "./render_pass.ts";

type HeadChild = VNode<Record<string, unknown>> | string | number;

/** Stands where the head's content goes, which is known only when the whole page is rendered. */
export const headToken = (pass: RenderPass): string => `<!--head:${pass.nonce}-->`;

/**
 * The page's own head with the children of every `Head` merged in: a title replaces the title; an
 * element replaces the one with its key, its id or, for `<meta>`, its name; the others are added.
 */
export function mergedHead(pass: RenderPass): HeadChild[] {
  const merged = flat(pass.headChildren);
  for (const added of pass.heads.flatMap(flat)) {
    const place = merged.findIndex((present) => replaces(added, present));
    if (place < 0) merged.push(added);
    else merged[place] = added;
  }
  return merged;
}

function flat(children: ComponentChildren): HeadChild[] {
  return toChildArray(children).flatMap((child) => {
    if (!isHeadElement(child)) return [child as string | number];
    return child.type === Fragment ? flat(child.props["children"] as ComponentChildren) : [child];
  });
}

function isHeadElement(child: unknown): child is VNode<Record<string, unknown>> {
  return isValidElement(child);
}

function replaces(added: HeadChild, present: HeadChild): boolean {
  if (!isHeadElement(added) || !isHeadElement(present) || added.type !== present.type) return false;
  if (added.type === "title") return true;
  if (added.key != null || present.key != null) return added.key === present.key;
  return sameProp(added, present, "id") ||
    (added.type === "meta" && sameProp(added, present, "name"));
}

function sameProp(
  added: VNode<Record<string, unknown>>,
  present: VNode<Record<string, unknown>>,
  name: string,
): boolean {
  const value = added.props[name];
  return value !== undefined && value === present.props[name];
}
