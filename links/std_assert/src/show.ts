/** The value on one line, for a message. */
export function show(value: unknown): string {
  return Deno.inspect(value, { depth: 10, sorted: true, compact: true, breakLength: Infinity });
}

/** The value on as many lines as it needs, so that two can be compared line by line. */
export function showLines(value: unknown): string {
  return Deno.inspect(value, {
    depth: Infinity,
    sorted: true,
    compact: false,
    trailingComma: true,
    iterableLimit: Infinity,
    strAbbreviateSize: Infinity,
    breakLength: Infinity,
  });
}

// The table of a longer comparison would take too much memory: then all lines are shown.
const MAX_TABLE_CELLS = 4_000_000;

/** Both texts as one: lines that only `actual` has begin with "-", those only `expected` has with "+". */
export function diff(actual: string, expected: string): string {
  const left = actual.split("\n");
  const right = expected.split("\n");
  if (left.length * right.length > MAX_TABLE_CELLS) {
    return [...left.map((line) => `-   ${line}`), ...right.map((line) => `+   ${line}`)].join("\n");
  }
  const common = commonLengths(left, right);
  const lines: string[] = [];
  let [l, r] = [0, 0];
  while (l < left.length || r < right.length) {
    if (l < left.length && r < right.length && left[l] === right[r]) {
      lines.push(`    ${left[l++]}`);
      r++;
    } else if (r === right.length || (l < left.length && longer(common, l, r))) {
      lines.push(`-   ${left[l++]}`);
    } else {
      lines.push(`+   ${right[r++]}`);
    }
  }
  return lines.join("\n");
}

function longer(common: number[][], l: number, r: number): boolean {
  return (common[l + 1]?.[r] ?? 0) >= (common[l]?.[r + 1] ?? 0);
}

/** At `[l][r]`: how many lines the rests of both texts have in common, in order. */
function commonLengths(left: string[], right: string[]): number[][] {
  const table = Array.from({ length: left.length + 1 }, () => new Array(right.length + 1).fill(0));
  for (let l = left.length - 1; l >= 0; l--) {
    for (let r = right.length - 1; r >= 0; r--) {
      const [row, below] = [table[l]!, table[l + 1]!];
      row[r] = left[l] === right[r] ? below[r + 1] + 1 : Math.max(below[r], row[r + 1]);
    }
  }
  return table;
}
