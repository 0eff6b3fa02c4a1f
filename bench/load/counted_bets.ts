import type { Contender } from "../contender.ts";
import { drawBet } from "../workloads.ts";
import { placeOrFail } from "./closed_loop.ts";

/** So many bets, spread over the accounts, by clients that each ask again as soon as answered. */
export interface CountedBets {
  readonly bets: number;
  readonly accounts: number;
  readonly clients: number;
  /** When this has passed, no more are asked for. */
  readonly limitMs: number;
}

/** Answers how many were placed. */
export async function placeCountedBets(
  contender: Contender,
  counted: CountedBets,
): Promise<number> {
  const { bets, accounts, clients, limitMs } = counted;
  const untilMs = performance.now() + limitMs;
  let asked = 0;
  let placed = 0;
  await Promise.all(Array.from({ length: clients }, async (_, clientIndex) => {
    while (asked < bets && performance.now() < untilMs) {
      asked++;
      const end = await placeOrFail(contender, drawBet("spread", { clientIndex, accounts }));
      if (end === "placed") placed++;
    }
  }));
  return placed;
}
