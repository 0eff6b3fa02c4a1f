import type { Spread } from "../run/samples.ts";
import { short } from "./numbers.ts";

/** A bar of the picture: the median as its length, the reach over the rounds as a line on its end. */
export interface Bar {
  readonly group: string;
  readonly name: string;
  readonly spread: Spread | null;
}

const WIDTH = 760;
const NAME_WIDTH = 150;
const FIGURE_WIDTH = 80;
const BAR_HEIGHT = 18;
const BAR_STEP = 24;
const GROUP_HEAD = 34;
const FONT = "13px system-ui, sans-serif";

/** Bets a second as horizontal bars, a group for each workload; ours in another colour. */
export function writePlot(bars: readonly Bar[]): string {
  const most = Math.max(1, ...bars.map(({ spread }) => spread?.most ?? 0));
  const scale = (WIDTH - NAME_WIDTH - FIGURE_WIDTH) / most;
  const parts: string[] = [];
  let y = 0;
  for (const group of new Set(bars.map((bar) => bar.group))) {
    parts.push(`<text x="0" y="${y + 22}" class="group">${escaped(group)}, bets a second</text>`);
    y += GROUP_HEAD;
    for (const bar of bars.filter((bar) => bar.group === group)) {
      parts.push(...barParts(bar, y, scale));
      y += BAR_STEP;
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" role="img">
<title>Bets placed in a second, by workload and contender</title>
<style>
text { font: ${FONT}; fill: #222; }
.group { font-weight: 600; }
.bar { fill: #9aa5b1; }
.ours { fill: #0b6e4f; }
.reach { stroke: #222; stroke-width: 1.5; }
@media (prefers-color-scheme: dark) {
  text { fill: #eee; }
  .bar { fill: #6b7785; }
  .ours { fill: #3fb68b; }
  .reach { stroke: #eee; }
}
</style>
${parts.join("\n")}
</svg>
`;
}

function barParts({ name, spread }: Bar, y: number, scale: number): readonly string[] {
  const middle = y + BAR_HEIGHT / 2;
  const label = `<text x="${NAME_WIDTH - 8}" y="${middle + 4}" text-anchor="end">${
    escaped(name)
  }</text>`;
  if (!spread) return [label];
  const at = (value: number) => (NAME_WIDTH + value * scale).toFixed(1);
  const width = (spread.median * scale).toFixed(1);
  const kind = name.startsWith("ledger") ? "bar ours" : "bar";
  return [
    label,
    `<rect class="${kind}" x="${NAME_WIDTH}" y="${y}" width="${width}" height="${BAR_HEIGHT}"/>`,
    `<line class="reach" x1="${at(spread.least)}" x2="${
      at(spread.most)
    }" y1="${middle}" y2="${middle}"/>`,
    `<text x="${Number(at(spread.most)) + 6}" y="${middle + 4}">${short(spread.median)}</text>`,
  ];
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
