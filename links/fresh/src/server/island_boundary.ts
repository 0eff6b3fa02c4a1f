import { type ComponentChildren, type ComponentType, Fragment, h, isValidElement } from "preact";
import type { FunctionComponent, VNode } from "preact";
import { Signal } from "@preact/signals";
import { islandMarker, slotMarker } from "../shared/markers.ts";
import { SlotReference } from "../shared/props_writer.ts";
import type { Island } from "./build.ts";
import { currentPass, rawHtml, type RenderPass } from "./render_pass.ts";

const knownIslands = new WeakSet<ComponentType>();

/** Makes the renderer look at elements of these components. */
export function markAsIslands(components: Iterable<ComponentType>): void {
  for (const component of components) knownIslands.add(component);
}

let creatingPlain = false;

/** If the element is an island's: puts the boundary in its place that marks it for the browser. */
export function islandBoundary(vnode: VNode): void {
  const component = vnode.type as ComponentType;
  if (creatingPlain || !knownIslands.has(component)) return;
  const props = vnode.props;
  vnode.type = Boundary as FunctionComponent;
  vnode.props = { component, props } as never;
}

function Boundary(
  { component, props }: { component: ComponentType; props: Record<string, unknown> },
): VNode {
  const pass = currentPass();
  const island = pass?.build?.islands.get(component);
  if (!pass || !island || pass.within.at(-1) === "island") return plain(component, props);

  const { sent, rendered } = splitProps(pass, props);
  const number = pass.islands.length;
  pass.islands.push({ island, props: writeProps(pass, island, sent) });
  const marker = islandMarker(number);
  return within(pass, "island", marker, plain(component, rendered));
}

/** The element between its markers, with `place` noted while it is rendered. */
function within(
  pass: RenderPass,
  place: "island" | "slot",
  marker: { open: string; close: string },
  content: ComponentChildren,
): VNode {
  const enter = () => {
    pass.within.push(place);
    return rawHtml(`<!--${marker.open}-->`);
  };
  const leave = () => {
    pass.within.pop();
    return rawHtml(`<!--${marker.close}-->`);
  };
  return h(Fragment, null, h(enter, null), content, h(leave, null));
}

/** What is sent to the browser, where JSX is a number, and what is rendered here. */
function splitProps(pass: RenderPass, props: Record<string, unknown>) {
  const sent: Record<string, unknown> = {};
  const rendered: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(props)) {
    if (!holdsJsx(value)) {
      sent[name] = rendered[name] = value;
      continue;
    }
    const number = pass.slots.length;
    pass.slots.push({ children: value, rendered: false });
    sent[name] = new SlotReference(number);
    rendered[name] = h(Slot, { number });
  }
  return { sent, rendered };
}

function holdsJsx(value: unknown): value is ComponentChildren {
  if (Array.isArray(value)) return value.some(holdsJsx);
  return !(value instanceof Signal) && isValidElement(value);
}

function Slot({ number }: { number: number }): ComponentChildren {
  const pass = currentPass();
  const slot = pass?.slots[number];
  if (!pass || !slot) return null;
  slot.rendered = true;
  return within(pass, "slot", slotMarker(number), slot.children);
}

/** A slot that its island did not show yet: kept on the page, out of sight. */
export function hiddenSlot(pass: RenderPass, number: number): VNode {
  pass.within.push("slot");
  const id = slotMarker(number).open;
  return h("template", { id }, pass.slots[number]?.children) as VNode;
}

function writeProps(pass: RenderPass, island: Island, props: Record<string, unknown>): number {
  try {
    return pass.props.write(props);
  } catch (error) {
    const name = island.exportName === "default" ? "" : ` ("${island.exportName}")`;
    throw new TypeError(`Island ${island.file}${name}: ${(error as Error).message}`);
  }
}

function plain(component: ComponentType, props: Record<string, unknown>): VNode {
  creatingPlain = true;
  try {
    return h(component, props);
  } finally {
    creatingPlain = false;
  }
}
