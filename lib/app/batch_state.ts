import type { Seen } from "../domain/decide.ts";
import type { Entry, Newest } from "../domain/entry.ts";
import { exposureChanges, selectionKey } from "../domain/exposure.ts";
import { type HoldFate, holdFateAfter } from "../domain/hold.ts";
import { type LedgerQuery, type LedgerView, requestKey } from "../ports/ledger_store.ts";

/** What one undertaking sees: the store as it was read, and what its group has decided before it. */
export interface Sight {
  readonly newest: Newest;
  /** The entry that already answers the query's request id; null when none does. */
  readonly answered: Entry | null;
  readonly seen: Seen;
}

/** The state that a group builds up while its members are decided one after another. */
export class BatchState {
  readonly entries: Entry[] = [];
  readonly #newest: Map<string, Newest>;
  readonly #answers: Map<string, Entry>;
  readonly #exposures: Map<string, number>;
  readonly #holds: Map<string, HoldFate>;

  constructor(readonly view: LedgerView) {
    this.#newest = new Map(view.newest);
    this.#answers = new Map(view.answers);
    this.#exposures = new Map(view.exposures);
    this.#holds = new Map(view.holds);
  }

  /** The state as it is now, for one query. */
  sight(query: LedgerQuery): Sight {
    const { accountId, requestId, holdId } = query;
    const newest = this.#newest.get(accountId) ?? null;
    return {
      newest,
      answered: requestId === null
        ? null
        : this.#answers.get(requestKey({ accountId, requestId })) ?? null,
      seen: {
        account: newest?.state ?? null,
        markets: this.view.markets,
        exposures: this.#exposures,
        hold: holdId === null ? null : this.#ownHold(accountId, holdId),
      },
    };
  }

  /** Adds an entry that was decided. It must follow its account's newest one. */
  add(entry: Entry): void {
    const { accountId, event, answers } = entry;
    const fate = holdFateAfter(event);
    if (fate) this.#holds.set(fate.hold.id, fate);
    for (const change of exposureChanges(event)) {
      const key = selectionKey(change);
      this.#exposures.set(key, (this.#exposures.get(key) ?? 0) + change.byMinor);
    }
    this.#newest.set(accountId, entry);
    if (answers) {
      this.#answers.set(requestKey({ accountId, requestId: answers.requestId }), entry);
    }
    this.entries.push(entry);
  }

  #ownHold(accountId: string, holdId: string): HoldFate | null {
    const fate = this.#holds.get(holdId);
    return fate?.hold.accountId === accountId ? fate : null;
  }
}
