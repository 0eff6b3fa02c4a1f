import type { ComponentChildren } from "preact";
import { isoText, momentText } from "../lib/site/time_text.ts";

/** A time in UK time, with its exact form for machines. Without children it is written to the second. */
export function TimeText(
  { atMs, children }: { readonly atMs: number; readonly children?: ComponentChildren },
) {
  return <time dateTime={isoText(atMs)}>{children ?? momentText(atMs)}</time>;
}
