import type { ComponentChildren } from "preact";

/** What `Head` takes. */
export interface HeadProps {
  children?: ComponentChildren;
}

let collect: ((children: ComponentChildren) => void) | null = null;

/** Names who receives the children of `Head` during one render on the server. */
export function collectHeads(collector: typeof collect): void {
  collect = collector;
}

/**
 * Adds its children to the document's `<head>` when the page is rendered on the server.
 * A later title, or a later element with the same key, id or (for `<meta>`) name, replaces an earlier one.
 */
export function Head(props: HeadProps): null {
  collect?.(props.children);
  return null;
}
