const LOOK_AGAIN_MS = 2;

/** Waits until a condition holds; throws, with what was awaited, when it does not within the limit. */
export async function until(
  holds: () => Promise<boolean>,
  limitMs: number,
  what: string,
): Promise<void> {
  const startMs = performance.now();
  while (!await holds()) {
    if (performance.now() - startMs > limitMs) throw new Error(`not within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
