import type { BetAnswer, BetRequest } from "../../../lib/app/place_bet.ts";
import type { Entry } from "../../../lib/domain/entry.ts";
import type { Breaches } from "./breaches.ts";
import type { ChainWatch } from "./chain_watch.ts";
import { same } from "./same.ts";

/** One try of one request, from its arrival at a process to the process's answer. */
export interface Attempt {
  readonly request: BetRequest;
  /** Whether the request had its effect before this try began. */
  readonly late: boolean;
}

interface Asked {
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
  readonly #asked = new Map<string, Asked>();

  constructor(readonly breaches: Breaches, readonly chains: ChainWatch) {}

  /** A process takes the request up. */
  begin(request: BetRequest): Attempt {
    const place = placeOf(request);
    const asked = this.#asked.get(place) ?? { suspects: new Set(), owners: 0 };
    this.#asked.set(place, asked);
    const attempt = { request, late: this.chains.answers.has(place) };
    asked.suspects.add(attempt);
    return attempt;
  }

  /** An entry was stored that answers a request: somebody must have been at it. */
  stored(entry: Entry): void {
    if (!entry.answers) return;
    const { requestId } = entry.answers;
    const suspects = this.#asked.get(placeOf({ ...entry, requestId }))?.suspects ?? new Set();
    const mine = [...suspects].some(({ request }) => isFrom(entry, request));
    this.breaches.unless(
      mine,
      () => `${requestId} had an effect after every try of it was told that nothing happened`,
    );
  }

  /** The process answers. An error leaves the outcome open, as an answer that is never given does. */
  end(attempt: Attempt, answer: BetAnswer): void {
    const place = placeOf(attempt.request);
    const entry = this.chains.answers.get(place);
    switch (answer.kind) {
      case "placed":
      case "refused":
        return this.#settled(attempt, answer, entry);
      case "mismatch":
        this.breaches.unless(
          entry !== undefined && !isAbout(entry, attempt.request),
          () => `${place} was told of a mismatch, and there is none`,
        );
        return this.#without(attempt, entry);
      case "contended":
        return this.#without(attempt, entry);
      case "unknown":
        return;
    }
  }

  #settled(
    attempt: Attempt,
    answer: BetAnswer & { readonly kind: "placed" | "refused" },
    entry: Entry | undefined,
  ): void {
    const place = placeOf(attempt.request);
    if (!entry) return this.breaches.add(`${place} was ${answer.kind}, and nothing is stored`);
    this.breaches.unless(
      isAbout(entry, attempt.request),
      () => `${place} was answered with what another body under its id had asked for`,
    );
    this.breaches.unless(
      same(content(answer), stored(entry)),
      () => `${place} was told ${JSON.stringify(answer)}; ${JSON.stringify(entry)} is stored`,
    );
    const asked = this.#asked.get(place);
    if (!answer.replayed && asked) asked.owners++;
    this.breaches.unless(
      answer.replayed || (!attempt.late && asked?.owners === 1),
      () => `${place} was told of its effect as of a new one, and it was not`,
    );
  }

  /** This try certainly stored nothing. */
  #without(attempt: Attempt, entry: Entry | undefined): void {
    const place = placeOf(attempt.request);
    const suspects = this.#asked.get(place)?.suspects ?? new Set();
    suspects.delete(attempt);
    const unexplained = entry !== undefined && isFrom(entry, attempt.request) &&
      ![...suspects].some(({ request }) => isFrom(entry, request));
    if (unexplained) this.breaches.add(`${place} was told that nothing happened, and it had`);
  }
}

function placeOf({ accountId, requestId }: Pick<BetRequest, "accountId" | "requestId">): string {
  return `${accountId} ${requestId}`;
}

/** Whether the entry can be the answer to this body; bodies under one id differ in what is seen here. */
function isAbout({ event }: Entry, request: BetRequest): boolean {
  if (event.type !== "bet.placed" && event.type !== "bet.refused") return false;
  const asked = event.type === "bet.placed" ? event.bet : event;
  return asked.stakeMinor === request.stakeMinor && event.priceChange === request.priceChange &&
    same(asked.legs.map(backed), request.legs.map(backed));
}

/** Whether this very try can have stored the entry: each decides at the time of its own arrival. */
function isFrom(entry: Entry, request: BetRequest): boolean {
  return entry.atMs === request.atMs && isAbout(entry, request);
}

function backed(leg: { readonly marketId: string; readonly selectionId: string }): string {
  return `${leg.marketId} ${leg.selectionId}`;
}

function content(answer: BetAnswer): unknown {
  if (answer.kind === "placed") return [answer.bet, answer.account];
  return answer.kind === "refused" ? [answer.refusal] : null;
}

function stored({ event, state }: Entry): unknown {
  if (event.type === "bet.placed") return [event.bet, state];
  return event.type === "bet.refused" ? [event.refusal] : null;
}
