import { SELECTIONS } from "./book.ts";
import type { BenchBet } from "./contender.ts";

/** What the bets are like; the same number of clients ask in each. */
export type Workload = "spread" | "hot account" | "hot outcome";

/** Every workload, in the order in which they are shown. */
export const WORKLOADS: readonly Workload[] = ["spread", "hot account", "hot outcome"];

/** A new bet of a client, drawn evenly from what the workload leaves open. */
export function drawBet(
  workload: Workload,
  drawn: { readonly clientIndex: number; readonly accounts: number },
): BenchBet {
  const { clientIndex, accounts } = drawn;
  return {
    clientIndex,
    accountIndex: workload === "hot account" ? 0 : below(accounts),
    selectionIndex: workload === "hot outcome" ? 0 : below(SELECTIONS),
    requestId: crypto.randomUUID(),
  };
}

function below(bound: number): number {
  return Math.floor(Math.random() * bound);
}
