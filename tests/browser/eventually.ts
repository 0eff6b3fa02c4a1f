const POLL_MS = 10;

/**
 * Asks again and again until the answer is not null, and gives it; throws past `withinMs`. For
 * conditions that nobody announces.
 */
export async function eventually<Answer>(
  ask: () => Promise<Answer | null>,
  { withinMs, what }: { readonly withinMs: number; readonly what: string },
): Promise<Answer> {
  const deadlineMs = performance.now() + withinMs;
  while (true) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadlineMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
