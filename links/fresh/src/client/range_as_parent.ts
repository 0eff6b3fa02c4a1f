import type { ContainerNode } from "preact";

/**
 * What lies between two comments, as something Preact can render into: it looks like an element
 * whose children are those nodes, and new children never land behind the closing comment.
 */
export function rangeAsParent(open: Comment, close: Comment): ContainerNode {
  const parent = open.parentNode as Element;
  const insertBefore = <T extends Node>(node: T, before: Node | null): T =>
    parent.insertBefore(node, isInside(before) ? before : close);

  const isInside = (node: Node | null): boolean =>
    node !== null && node.parentNode === parent &&
    (close.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;

  const children = (): ChildNode[] => {
    const nodes: ChildNode[] = [];
    for (let node = open.nextSibling; node && node !== close; node = node.nextSibling) {
      nodes.push(node);
    }
    return nodes;
  };

  const range = {
    nodeType: 1,
    parentNode: parent,
    namespaceURI: parent.namespaceURI,
    get firstChild() {
      return children()[0] ?? null;
    },
    get childNodes() {
      return children();
    },
    contains: (node: Node) => parent.contains(node),
    insertBefore,
    appendChild: <T extends Node>(node: T): T => insertBefore(node, null),
    removeChild: <T extends Node>(node: T): T => parent.removeChild(node),
  };
  return range as unknown as ContainerNode;
}
