import { chainOf, type ChainOwner } from "../../../lib/domain/chain.ts";
import type { Entry } from "../../../lib/domain/entry.ts";
import { type Asked, isAbout, isAgreed, toBeTold, type Told, toldBy } from "./asked.ts";
import type { Breaches } from "./breaches.ts";
import type { JournalWatch } from "./journal_watch.ts";
import { same } from "./same.ts";

/** One try of one request, from its arrival at a process to the process's answer. */
export interface Attempt {
  readonly asked: Asked;
  /** Whether the request had its effect before this try began. */
  readonly late: boolean;
}

type Decided = Exclude<
  Told,
  { readonly kind: "mismatch" | "contended" | "unknown" | "market_unknown" }
>;

interface Tried {
  /** Tries that may have stored the effect, or may yet store it. */
  readonly suspects: Set<Attempt>;
  /** How many tries were told that the effect was their own. */
  owners: number;
}

/**
 * Holds every answer against what is stored when it is given: acknowledged means stored, the same
 * request has the same answer for ever, and "nothing happened" means that nothing happened.
 */
export class AnswerWatch {
  readonly #tried = new Map<string, Tried>();

  constructor(readonly breaches: Breaches, readonly journal: JournalWatch) {}

  /** A process takes the request up. */
  begin(asked: Asked): Attempt {
    const place = placeOf(asked, asked.requestId);
    const tried = this.#tried.get(place) ?? { suspects: new Set(), owners: 0 };
    this.#tried.set(place, tried);
    const attempt = { asked, late: this.journal.answers.has(place) };
    tried.suspects.add(attempt);
    return attempt;
  }

  /** An entry was stored that answers a request: somebody must have been at it. */
  stored(entry: Entry): void {
    if (!entry.answers) return;
    const { requestId } = entry.answers;
    const suspects = this.#suspects(placeOf(entry, requestId));
    this.breaches.unless(
      suspects.some(({ asked }) => isFrom(entry, asked)),
      () => `${requestId} had an effect after every try of it was told that nothing happened`,
    );
  }

  /** The process answers. An error leaves the outcome open, as an answer that is never given does. */
  end(attempt: Attempt, answer: Told): void {
    const place = placeOf(attempt.asked, attempt.asked.requestId);
    const entry = this.journal.answers.get(place);
    switch (answer.kind) {
      case "mismatch":
        this.breaches.unless(
          entry !== undefined && !isAbout(entry, attempt.asked),
          () => `${place} was told of a mismatch, and there is none`,
        );
        return this.#without(attempt, entry);
      case "market_unknown":
        this.breaches.unless(
          !("marketId" in attempt.asked) || !this.journal.markets.has(attempt.asked.marketId),
          () => `${place} was told that there is no such market, and there is`,
        );
        return this.#without(attempt, entry);
      case "contended":
        return this.#without(attempt, entry);
      case "unknown":
        return;
      default:
        return this.#settled(attempt, answer, entry);
    }
  }

  #settled(attempt: Attempt, answer: Decided, entry: Entry | undefined): void {
    const { asked } = attempt;
    const place = placeOf(asked, asked.requestId);
    if (!entry) return this.breaches.add(`${place} was ${answer.kind}, and nothing is stored`);
    this.breaches.unless(
      isAbout(entry, asked),
      () => `${place} was answered with what another body under its id had asked for`,
    );
    this.breaches.unless(
      isAgreed(entry, asked),
      () => `${place} was taken at a price that was not agreed to: ${JSON.stringify(asked)}`,
    );
    this.breaches.unless(
      same(toldBy(answer), toBeTold(entry)),
      () => `${place} was told ${JSON.stringify(answer)}; ${JSON.stringify(entry)} is stored`,
    );
    const tried = this.#tried.get(place);
    if (!answer.replayed && tried) tried.owners++;
    this.breaches.unless(
      answer.replayed || (!attempt.late && tried?.owners === 1),
      () => `${place} was told of its effect as of a new one, and it was not`,
    );
  }

  /** This try certainly stored nothing. */
  #without(attempt: Attempt, entry: Entry | undefined): void {
    const place = placeOf(attempt.asked, attempt.asked.requestId);
    this.#tried.get(place)?.suspects.delete(attempt);
    const unexplained = entry !== undefined && isFrom(entry, attempt.asked) &&
      !this.#suspects(place).some(({ asked }) => isFrom(entry, asked));
    if (unexplained) this.breaches.add(`${place} was told that nothing happened, and it had`);
  }

  #suspects(place: string): Attempt[] {
    return [...this.#tried.get(place)?.suspects ?? []];
  }
}

function placeOf(owner: ChainOwner, requestId: string): string {
  return `${chainOf(owner)} ${requestId}`;
}

/** Whether this very try can have stored the entry: each decides at the time of its own arrival. */
function isFrom(entry: Entry, asked: Asked): boolean {
  return entry.atMs === asked.atMs && isAbout(entry, asked);
}
