import { chainOf } from "../../domain/chain.ts";
import {
  type AccountEntry,
  type Entry,
  isMarketEntry,
  type MarketEntry,
} from "../../domain/entry.ts";
import { exposureChanges, selectionKey } from "../../domain/exposure.ts";
import { type HoldFate, holdFateAfter } from "../../domain/hold.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import { requestKey } from "../../ports/ledger_store.ts";

/** A commit that was sent and may not have been answered yet, and what will be so once it is stored. */
export class Underway {
  /** What became of it; null until that is known. */
  outcome: CommitOutcome | null = null;
  /** The newest entry of each account, and of each market, that it touches. */
  readonly accounts = new Map<string, AccountEntry>();
  readonly markets = new Map<string, MarketEntry>();
  /** By `requestKey`. */
  readonly answers = new Map<string, Entry>();
  readonly holds = new Map<string, HoldFate>();
  /** What it does to liabilities, in minor units by `selectionKey`. */
  readonly #exposures = new Map<string, number>();

  /** It writes the journal's pages behind `from`, up to `to`. */
  constructor(readonly from: number, readonly to: number, entries: readonly Entry[]) {
    for (const entry of entries) this.#take(entry);
  }

  /** What it does to the liability on a selection (`selectionKey`), in minor units. */
  exposureChange(selection: string): number {
    return this.#exposures.get(selection) ?? 0;
  }

  #take(entry: Entry): void {
    if (entry.answers) {
      this.answers.set(requestKey(chainOf(entry), entry.answers.requestId), entry);
    }
    if (isMarketEntry(entry)) {
      this.markets.set(entry.marketId, entry);
      return;
    }
    this.accounts.set(entry.accountId, entry);
    const fate = holdFateAfter(entry.event);
    if (fate) this.holds.set(fate.hold.id, fate);
    for (const change of exposureChanges(entry.event)) {
      const name = selectionKey(change);
      this.#exposures.set(name, this.exposureChange(name) + change.byMinor);
    }
  }
}
