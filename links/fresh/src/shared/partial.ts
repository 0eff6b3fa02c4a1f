import { type ComponentChildren, Fragment, h, type VNode } from "preact";

/** What `Partial` takes. */
export interface PartialProps {
  children?: ComponentChildren;
  /** Unique on its page. */
  name: string;
  mode?: "replace" | "prepend" | "append";
}

/** A region for partial updates; this edition renders it and always answers whole pages. */
export function Partial(props: PartialProps): VNode {
  return h(Fragment, null, props.children);
}
