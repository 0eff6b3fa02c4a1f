import type { CommitOutcome } from "../../ports/commit_outcome.ts";

/**
 * Commits, and says what became of it. SQLite's "database is locked" comes before anything is
 * written; every other exception may hide a write that was stored, so it counts as unknown and is
 * reported, never swallowed.
 */
export async function commitAtomic(
  atomic: Deno.AtomicOperation,
  report: (error: unknown) => void = reportToConsole,
): Promise<CommitOutcome> {
  try {
    return (await atomic.commit()).ok ? "committed" : "conflict";
  } catch (error) {
    if (isLocked(error)) return "busy";
    report(error);
    return "unknown";
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && error.message.includes("database is locked");
}

function reportToConsole(error: unknown): void {
  console.error("A commit ended without an answer; its outcome is looked up.", error);
}
