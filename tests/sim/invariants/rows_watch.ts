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
  /** The newest number that rows tell of each chain. */
  readonly #newest = new Map<string, number>();
  readonly #entries = new Map<string, Set<number>>();
  readonly #requests = new Set<string>();
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
        this.#newest.set(drawn.accountId, drawn.row.seq);
        return;
      case "market":
        this.#newest.set(chainOf(drawn), drawn.row.seq);
        return;
      case "entries": {
        const known = this.#entries.get(drawn.chain) ?? new Set();
        this.#entries.set(drawn.chain, known);
        for (let at = 0; at < drawn.places.length; at += 2) known.add(drawn.seq + at / 2);
        return;
      }
      case "request":
        this.#requests.add(`${drawn.chain} ${drawn.requestId}`);
        return;
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
        return this.#accountFlaw(drawn);
      case "market":
        return this.#newestFlaw(chainOf(drawn), drawn.row);
      case "entries": {
        const right = drawn.places.every((place, at) => {
          const placed = journal.placed(drawn.chain, drawn.seq + (at >> 1));
          return place === (at % 2 === 0 ? placed?.page : placed?.index);
        });
        return right ? null : "leads to other entries";
      }
      case "request": {
        const entry = journal.placed(drawn.chain, drawn.seq)?.entry;
        return entry?.answers?.requestId === drawn.requestId ? null : "leads to another's answer";
      }
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

  #accountFlaw({ accountId, row }: DrawnRow & { readonly of: "account" }): string | null {
    const { journal } = this;
    const flaw = this.#newestFlaw(accountId, row);
    if (flaw || row.requests === null) return flaw;
    const answered: [string, number][] = [];
    for (const { entry } of (journal.chains.get(accountId) ?? []).slice(0, row.seq)) {
      if (entry.answers) answered.push([entry.answers.requestId, entry.seq]);
    }
    const told = row.requests.toSorted(([, a], [, b]) => a - b);
    return same(told, answered) ? null : "does not tell the account's requests";
  }

  /** What is wrong with the newest entry that a row tells of. */
  #newestFlaw(chain: string, row: { readonly seq: number; readonly state: unknown }) {
    const entry = this.journal.placed(chain, row.seq)?.entry;
    if (!entry || !same(entry.state, row.state)) return "tells another state";
    const next = this.journal.placed(chain, row.seq + 1);
    return next && next.page <= this.#covered ? "is older than the checkpoint" : null;
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
      const { seq, answers } = entry;
      const chain = chainOf(entry);
      const told = (this.#newest.get(chain) ?? 0) >= seq &&
        this.#entries.get(chain)?.has(seq) === true &&
        (!answers || this.#requests.has(`${chain} ${answers.requestId}`)) &&
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
