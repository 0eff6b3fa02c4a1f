import { assert, assertEquals } from "@std/assert";

/** Text, and what it is written on; WCAG 2.2, success criterion 1.4.3: 4.5 to 1. */
const TEXT: readonly (readonly [ink: string, ground: string])[] = [
  ["ink", "paper"],
  ["ink", "surface"],
  ["ink", "sunken"],
  ["ink-soft", "paper"],
  ["ink-soft", "surface"],
  ["ink-soft", "sunken"],
  ["ink-soft", "accent-wash"],
  ["accent", "paper"],
  ["accent", "surface"],
  ["accent", "sunken"],
  ["accent", "accent-wash"],
  ["accent-strong", "accent-wash"],
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["signal", "surface"],
  ["signal", "paper"],
  ["signal", "sunken"],
  ["signal", "signal-wash"],
  ["alarm", "surface"],
  ["alarm", "alarm-wash"],
];

/** Edges of what can be used, and the focus ring; criteria 1.4.11 and 2.4.13: 3 to 1. */
const EDGES: readonly (readonly [edge: string, ground: string])[] = [
  ["line-strong", "surface"],
  ["line-strong", "paper"],
  ["accent", "surface"],
  ["accent", "paper"],
  ["accent", "sunken"],
  ["alarm", "surface"],
];

const css = await Deno.readTextFile(new URL("../../static/tokens.css", import.meta.url));
const [lightPart = "", darkPart = ""] = css.split("@media (prefers-color-scheme: dark)");
const light = colours(lightPart);
const themes = { light, dark: new Map([...light, ...colours(darkPart)]) };

for (const [name, theme] of Object.entries(themes)) {
  Deno.test(`tokens.css: ${name} text stands out 4.5 to 1 from what it is written on`, () => {
    for (const [ink, ground] of TEXT) assertContrast(theme, ink, ground, 4.5);
  });

  Deno.test(`tokens.css: ${name} edges and the focus ring stand out 3 to 1`, () => {
    for (const [edge, ground] of EDGES) assertContrast(theme, edge, ground, 3);
  });
}

Deno.test("tokens.css: every colour has a value of its own in the dark", () => {
  const forgotten = [...light.keys()].filter((name) => !colours(darkPart).has(name));
  assertEquals(forgotten, []);
});

function assertContrast(
  theme: ReadonlyMap<string, string>,
  ink: string,
  ground: string,
  least: number,
): void {
  const [brighter = 0, darker = 0] = [luminance(theme, ink), luminance(theme, ground)]
    .toSorted((a, b) => b - a);
  const ratio = (brighter + 0.05) / (darker + 0.05);
  assert(ratio >= least, `--${ink} on --${ground}: ${ratio.toFixed(2)} to 1`);
}

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(theme: ReadonlyMap<string, string>, name: string): number {
  const hex = theme.get(name);
  if (!hex) throw new Error(`tokens.css has no --${name}`);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function colours(part: string): Map<string, string> {
  const found = part.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g);
  return new Map([...found].map(([, name = "", hex = ""]) => [name, hex]));
}
