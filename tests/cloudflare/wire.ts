/** What JSON has no form for, as an object with one of these members. */
const MAP = "$map";
const BYTES = "$bytes";

/** A value as JSON, maps and bytes included; what is undefined is left out. */
export function toWire(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name, part: unknown) {
    // Node's buffers have a JSON form of their own, which has been taken by now.
    const before = this[name];
    if (before instanceof Uint8Array) return { [BYTES]: [...before] };
    return part instanceof Map ? { [MAP]: [...part] } : part;
  });
}

/** The value that {@link toWire} wrote. */
export function fromWire(text: string): unknown {
  return JSON.parse(text, (_, part: unknown) => {
    if (typeof part !== "object" || part === null) return part;
    if (MAP in part) return new Map(part[MAP] as [unknown, unknown][]);
    return BYTES in part ? Uint8Array.from(part[BYTES] as number[]) : part;
  });
}
