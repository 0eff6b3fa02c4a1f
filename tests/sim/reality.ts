import type { Trace } from "./trace.ts";

/** What would let the real world into a simulation, which could then not be replayed. */
const REAL: readonly (readonly [object, string])[] = [
  [Math, "random"],
  [Date, "now"],
  [performance, "now"],
  [crypto, "getRandomValues"],
  [crypto, "randomUUID"],
  [globalThis, "setTimeout"],
  [globalThis, "setInterval"],
];

/**
 * Does something without the real world: asking it for time or chance throws, and what is reported
 * to the console goes to the trace. The work must wait for nothing but promises of its own, so that
 * nobody else runs meanwhile.
 */
export async function apartFromReality(trace: Trace, work: () => Promise<void>): Promise<void> {
  const replaced = [
    ...REAL.map(([owner, name]) =>
      replace(owner, name, () => {
        throw new Error(`${name} is not to be used in a simulation`);
      })
    ),
    replace(console, "error", (...words) => trace.note("console", "says", String(words[0]))),
  ];
  try {
    await work();
  } finally {
    for (const restore of replaced) restore();
  }
}

/** Replaces a function and answers what puts it back. */
function replace(owner: object, name: string, by: (...args: unknown[]) => void): () => void {
  const there = Reflect.get(owner, name);
  Reflect.set(owner, name, by);
  return () => {
    Reflect.set(owner, name, there);
  };
}
