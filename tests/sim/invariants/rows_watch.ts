import { requestDigest } from "../../../lib/adapters/deno_kv/known_requests.ts";
import { chainOf } from "../../../lib/domain/chain.ts";
import { isMarketEntry } from "../../../lib/domain/entry.ts";
import { selectionKey } from "../../../lib/domain/exposure.ts";
import type { Leg } from "../../../lib/domain/bet.ts";
import type { AccountEvent } from "../../../lib/domain/events.ts";
import type { Hold, HoldStatus } from "../../../lib/domain/hold.ts";
import type { Breaches } from "./breaches.ts";
import type { JournalWatch } from "./journal_watch.ts";
import { same } from "./same.ts";
import type { DrawnRow, StoredFacts } from "./stored_facts.ts";

/**
 * Follows what checkpoints draw. Each row must say what the journal says, as of some page that is not
 * older than the checkpoint; and when a checkpoint is moved, rows must tell everything up to it.
 */
export class RowsWatch {
  /** Up to which page rows are said to tell everything. */
  #covered = 0;
  /** The numbers of the entries that are found by the row of a chain's owner, and by its runs. */
  readonly #recent = new Map<string, { readonly first: number; readonly last: number }>();
  readonly #runs = new Map<string, Set<number>>();
  /** The page that the liability of a selection is as of. */
  readonly #exposures = new Map<string, number>();
  readonly #holds = new Map<string, HoldStatus>();
  readonly #due = new Set<string>();

  constructor(readonly breaches: Breaches, readonly journal: JournalWatch) {}

  /** Takes what a write stored. */
  take({ rows, checkpoint }: StoredFacts): void {
    for (const row of rows) {
      const flaw = this.#flaw(row);
      if (flaw) this.breaches.add(`a row ${flaw}: ${JSON.stringify(row)}`);
      this.#remember(row);
    }
    if (!checkpoint || checkpoint.page === this.#covered) return;
    const { page } = checkpoint;
    const right = page > this.#covered && page <= this.journal.page;
    if (!this.breaches.unless(right, () => `a checkpoint went to ${page}`)) return;
    this.#checkCovered(page);
    this.#covered = page;
  }

  #remember(drawn: DrawnRow): void {
    switch (drawn.of) {
      case "account":
      case "market": {
        const { seq, recent } = drawn.row;
        this.#recent.set(chainOf(drawn), { first: seq - recent.length + 1, last: seq });
        return;
      }
      case "entries": {
        const known = this.#runs.get(drawn.chain) ?? new Set();
        this.#runs.set(drawn.chain, known);
        for (let at = 0; at < drawn.row.digests.length; at++) known.add(drawn.seq + at);
        return;
      }
      case "exposure":
        this.#exposures.set(drawn.selection, drawn.row.page);
        return;
      case "hold":
        this.#holds.set(drawn.fate.hold.id, drawn.fate.status);
        return;
      case "due":
        if (drawn.there) this.#due.add(drawn.holdId);
        else this.#due.delete(drawn.holdId);
    }
  }

  /** What is wrong with a row, in words, or null. */
  #flaw(drawn: DrawnRow): string | null {
    const { journal } = this;
    switch (drawn.of) {
      case "account":
      case "market":
        return this.#ownerFlaw(drawn);
      case "entries":
        return this.#runFlaw(drawn);
      case "exposure": {
        const { page, liabilityMinor } = drawn.row;
        if (page < this.#covered || page > journal.page) return "is of a wrong page";
        const right = journal.liabilities.asOf(drawn.selection, page);
        return right === liabilityMinor ? null : `tells a liability that is ${right}`;
      }
      case "hold": {
        const { hold, status } = drawn.fate;
        const known = journal.holds.get(hold.id);
        if (!same(known?.hold, hold) || hold.accountId !== drawn.accountId) return "is of no hold";
        return this.#canBe(hold.id, status) ? null : "tells of another fate";
      }
      case "due": {
        const { hold } = journal.holds.get(drawn.holdId) ?? {};
        const { accountId, expiresAtMs } = drawn;
        const right = hold?.accountId === accountId && hold.expiresAtMs === expiresAtMs;
        if (!right) return "is of no hold";
        if (drawn.there) return this.#canBe(hold.id, "pending") ? null : "is of a hold that ended";
        return journal.holds.get(hold.id)?.status !== "pending" ? null : "of a hold is gone";
      }
    }
  }

  #ownerFlaw(drawn: DrawnRow & { readonly of: "account" | "market" }): string | null {
    const { journal } = this;
    const { row } = drawn;
    const chain = chainOf(drawn);
    const entry = journal.placed(chain, row.seq)?.entry;
    if (!entry || !same(entry.state, row.state)) return "tells another state";
    const next = journal.placed(chain, row.seq + 1);
    if (next && next.page <= this.#covered) return "is older than the checkpoint";
    const first = row.seq - row.recent.length + 1;
    const right = row.recent.every(([page, index, requestId], at) => {
      const placed = journal.placed(chain, first + at);
      return placed?.page === page && placed.index === index &&
        (placed.entry.answers?.requestId ?? null) === requestId;
    });
    if (!right) return "leads to other entries";
    const runs = this.#runs.get(chain) ?? new Set();
    for (let seq = 1; seq < first; seq++) if (!runs.has(seq)) return `gives up entry ${seq}`;
    return row.run === null || runs.has(row.run) ? null : "names a run that is not there";
  }

  #runFlaw({ chain, seq, row }: DrawnRow & { readonly of: "entries" }): string | null {
    const { places, digests } = row;
    if (places.length !== 2 * digests.length) return "has not as many places as digests";
    for (const [at, digest] of digests.entries()) {
      const placed = this.journal.placed(chain, seq + at);
      const requestId = placed?.entry.answers?.requestId;
      const right = placed?.page === places[2 * at] && placed?.index === places[2 * at + 1] &&
        digest === (requestId === undefined ? 0 : requestDigest(requestId));
      if (!right) return "leads to other entries";
    }
    return null;
  }

  /** Whether rows lead to an entry, and with it to the request that it answers. */
  #finds(chain: string, seq: number): boolean {
    const { first, last } = this.#recent.get(chain) ?? { first: 1, last: 0 };
    return seq <= last && (seq >= first || this.#runs.get(chain)?.has(seq) === true);
  }

  /** Whether a hold was so at some moment from the checkpoint on. */
  #canBe(holdId: string, status: HoldStatus): boolean {
    return this.journal.fatesSince(holdId, this.#covered).includes(status);
  }

  /** Everything between the last checkpoint and page `page` must be found by rows. */
  #checkCovered(page: number): void {
    const { all } = this.journal;
    const end = this.journal.sizeAt(page);
    for (let at = this.journal.sizeAt(this.#covered); at < end; at++) {
      const placed = all[at];
      if (!placed) return;
      const { entry } = placed;
      const { seq } = entry;
      const chain = chainOf(entry);
      const told = this.#finds(chain, seq) &&
        (isMarketEntry(entry) || this.#tellsMoney(entry.event, placed.page, page));
      if (!told) {
        return this.breaches.add(`no rows tell of entry ${chain} ${seq}, before page ${page}`);
      }
    }
  }

  /** Whether rows tell of the hold and the liability that an event of page `at` touched. */
  #tellsMoney(event: AccountEvent, at: number, page: number): boolean {
    return this.#tellsHold(event, page) &&
      legsOf(event).every((leg) => (this.#exposures.get(selectionKey(leg)) ?? 0) >= at);
  }

  #tellsHold(event: AccountEvent, page: number): boolean {
    const hold = holdOf(event);
    if (!hold) return true;
    const status = this.#holds.get(hold.id);
    if (!status || !this.journal.fatesSince(hold.id, page).includes(status)) return false;
    return this.#due.has(hold.id) === (status === "pending");
  }
}

function holdOf(event: AccountEvent): Hold | null {
  return "hold" in event ? event.hold : null;
}

/** The legs whose liability an event changed. */
function legsOf(event: AccountEvent): readonly Leg[] {
  if (event.type === "bet.placed") return event.hold ? [] : event.bet.legs;
  return holdOf(event)?.legs ?? [];
}
