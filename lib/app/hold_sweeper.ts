import { decide } from "../domain/decide.ts";
import { follow } from "../domain/entry.ts";
import type { LedgerStore } from "../ports/ledger_store.ts";
import type { Clock } from "../ports/surroundings.ts";
import type { GroupCommitter } from "./group_committer.ts";

/** How many dead holds one look takes, and how many looks one sweep. */
const HOLDS_A_LOOK = 100;
const LOOKS_A_SWEEP = 100;

/**
 * Ends holds that are dead, so that others see their money and liability free. It decides nothing: a
 * hold is dead by the clock alone, and a customer who comes first ends it just the same.
 */
export class HoldSweeper {
  #running: Promise<number> | null = null;

  constructor(
    readonly ports: {
      readonly ledger: LedgerStore;
      readonly committer: GroupCommitter;
      readonly clock: Clock;
    },
  ) {}

  /** Ends what is dead by now; answers how many it ended. Calls during a sweep share it. */
  sweep(): Promise<number> {
    return this.#running ??= this.#sweep().finally(() => this.#running = null);
  }

  async #sweep(): Promise<number> {
    const { ledger, clock } = this.ports;
    let ended = 0;
    for (let look = 0; look < LOOKS_A_SWEEP; look++) {
      const atMs = clock.nowMs();
      const dead = await ledger.deadHolds({ atMs, limit: HOLDS_A_LOOK });
      const results = await Promise.all(dead.map((hold) => this.#expire({ ...hold, atMs })));
      const now = results.filter((result) => result).length;
      ended += now;
      // What could not be ended now is tried by the next sweep.
      if (dead.length < HOLDS_A_LOOK || now === 0) break;
    }
    return ended;
  }

  async #expire(
    dead: { readonly accountId: string; readonly holdId: string; readonly atMs: number },
  ): Promise<boolean> {
    const { accountId, holdId, atMs } = dead;
    const result = await this.ports.committer.submit({
      query: { accountId, requestId: null, marketIds: [], selections: [], holdId },
      done: ({ newest }) => newest?.state.hold?.id === holdId ? null : true,
      decide: ({ newest, seen }) => {
        const [event] = decide(seen, { type: "expire", holdId, atMs });
        const common = { accountId, atMs, actor: "system", answers: null };
        return { entries: [follow(newest, { ...common, event })], result: true };
      },
    });
    return result.kind === "done" && result.byThisCall;
  }
}
