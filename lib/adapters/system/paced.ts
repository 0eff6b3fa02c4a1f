/**
 * Calls `work` soon after each call of the result, but never more often than every `intervalMs`: calls
 * in between are answered by the next run. The first after a pause runs at once.
 */
export function paced(work: () => Promise<unknown>, intervalMs: number): () => Promise<void> {
  let coming: Promise<void> | null = null;
  let earliestMs = 0;
  const run = async () => {
    const waitMs = Math.max(0, earliestMs - Date.now());
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    coming = null;
    earliestMs = Date.now() + intervalMs;
    await work();
  };
  return () => coming ??= run();
}
