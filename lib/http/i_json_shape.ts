/** What a JSON text shows of itself that its value does not. */
export interface JsonShape {
  /** How deep it is nested. */
  readonly depth: number;
  /** How many members its objects name: one that is named twice counts twice. */
  readonly members: number;
  /** Its numbers as they are written. */
  readonly numbers: readonly string[];
}

const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/g;
const NUMBER = /-?\d[\d.eE+-]*/g;

/** The shape of a text that is known to be JSON. */
export function shapeOf(text: string): JsonShape {
  // In what is left, brackets, colons and digits are what they look like.
  const bare = text.replaceAll(STRING, "");
  let depth = 0;
  let open = 0;
  let members = 0;
  for (const mark of bare) {
    if (mark === "{" || mark === "[") depth = Math.max(depth, ++open);
    else if (mark === "}" || mark === "]") open--;
    else if (mark === ":") members++;
  }
  return { depth, members, numbers: bare.match(NUMBER) ?? [] };
}

/** How many members the objects in a JSON value have. It goes as deep as the value does. */
export function membersOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value).reduce<number>((sum, each) => sum + membersOf(each), 0);
  return Array.isArray(value) ? inner : inner + Object.keys(value).length;
}
