import type { CommitOutcome } from "../../ports/commit_outcome.ts";

/** What became of an atomic, and its versionstamp when it is stored. */
export type AtomicResult =
  | { readonly outcome: "committed"; readonly versionstamp: string }
  | { readonly outcome: Exclude<CommitOutcome, "committed"> };

/**
 * Commits, and says what became of it. SQLite's "database is locked" comes before anything is
 * written; every other exception may hide a write that was stored, so it counts as unknown and is
 * reported, never swallowed.
 */
export async function commitAtomic(
  atomic: Deno.AtomicOperation,
  report: (error: unknown) => void = reportToConsole,
): Promise<AtomicResult> {
  try {
    const result = await atomic.commit();
    if (!result.ok) return { outcome: "conflict" };
    return { outcome: "committed", versionstamp: result.versionstamp };
  } catch (error) {
    if (isLocked(error)) return { outcome: "busy" };
    report(error);
    return { outcome: "unknown" };
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && error.message.includes("database is locked");
}

function reportToConsole(error: unknown): void {
  console.error("A commit ended without an answer; its outcome is looked up.", error);
}
