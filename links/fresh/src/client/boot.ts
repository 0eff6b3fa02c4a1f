import { type ComponentType, h, hydrate, type VNode } from "preact";
import type { PropsTable } from "../shared/props_format.ts";
import { propsReader } from "../shared/props_reader.ts";
import { contentOf, type ElementOfIsland, findMarkers, outermostIslands } from "./page_markers.ts";
import { rangeAsParent } from "./range_as_parent.ts";

/**
 * Makes the islands on the page live.
 * `uses` names for each island, in the order of their markers, its component and its props.
 */
export function boot(
  components: ComponentType[],
  uses: [component: number, props: number][],
  table: PropsTable,
): void {
  const markers = findMarkers(document);
  const readProps = propsReader(table, (number) => contentOf(markers, number, elementOfIsland));

  const elementOfIsland: ElementOfIsland = (number) => {
    const [component, props] = uses[number] ?? [-1, -1];
    const type = components[component];
    return type === undefined ? null : h(type, readProps(props) as Record<string, never>);
  };

  // Hydration removes markers, so everything is read from the page before anything is hydrated.
  const pending: [VNode, Comment, Comment][] = [];
  for (const { number, open, close } of outermostIslands(markers)) {
    const element = elementOfIsland(number);
    if (element !== null) pending.push([element, open, close]);
  }
  for (const [element, open, close] of pending) hydrate(element, rangeAsParent(open, close));
}
