import type { AccountEntry, Entry } from "../domain/entry.ts";
import type { LedgerQuery, LedgerStore, LedgerView } from "../ports/ledger_store.ts";
import type { Backoff } from "../ports/surroundings.ts";
import { BatchState, type Sight } from "./batch_state.ts";
import type { Policy } from "./policy.ts";

/** Something to be done to one account or, with entries of `MarketEntry`, one market, at most once. */
export interface Undertaking<Result, Own extends Entry = AccountEntry> {
  /** Names the account or market: of its chain are the entries. */
  readonly query: LedgerQuery;
  /** The result of having done it already, as far as `sight` shows; null when it was not done. */
  done(sight: Sight<Own>): Result | null;
  /** The entries that do it, decided on what is seen, and the result once they are stored. */
  decide(sight: Sight<Own>): { readonly entries: readonly Own[]; readonly result: Result };
}

/**
 * How it ended. `contended`: certainly nothing happened, try again. `unknown`: it may have happened
 * and the store cannot tell yet; asking again under the same request id will show.
 */
export type CommitResult<Result> =
  | { readonly kind: "done"; readonly result: Result; readonly byThisCall: boolean }
  | { readonly kind: "contended" }
  | { readonly kind: "unknown" };

/** Nothing was tried yet. */
const FRESH = { attempts: 0, overtaken: false, unanswered: false, unseen: false };

/** No group is larger, whatever the store could take: its members wait for one another. */
const GROUP_AT_MOST = 1_000;

/**
 * After a conflict no wait is longer than the third. Another process was faster, and as it need not
 * wait it goes on being so: with waits that double, the slower of two would hardly ever get a turn.
 */
const LONGEST_WAIT_AFTER_CONFLICT = 3;

/** Holds commits back while what follows from them, the log above all, is too far behind. */
export interface Brake {
  /** Waits until there is room for more; false when there will not be soon: nothing may be committed. */
  released(): Promise<boolean>;
}

/** An undertaking in line, with what earlier attempts left behind. */
interface Waiting {
  readonly undertaking: Undertaking<unknown, Entry>;
  readonly settle: (result: CommitResult<unknown>) => void;
  readonly fail: (error: unknown) => void;
  attempts: number;
  /** Whether its last attempt met a conflict. */
  overtaken: boolean;
  /** Whether a commit that held it ended without an answer: it may be done, now or later still. */
  unanswered: boolean;
  /** Whether a commit may have been stored that nobody has looked for since. */
  unseen: boolean;
}

/**
 * Commits undertakings in groups: those that arrive while a commit is in flight are decided one after
 * another on the state that the group builds up, written as one atomic, and answered together. A lone
 * one goes at once. One account or outcome that everybody wants is thereby the cheap case.
 *
 * It decides nothing about being right: the checks in the commit do, across all processes. A group
 * whose commit fails is read again and tried again; failing once more, it is halved, so that what is
 * stale does not hold its neighbours up for long.
 */
export class GroupCommitter {
  readonly #line: Waiting[] = [];
  #atWork = false;

  constructor(
    readonly ports: {
      readonly ledger: LedgerStore;
      readonly backoff: Backoff;
      readonly brake: Brake;
    },
    readonly policy: Pick<Policy, "commitAttempts" | "waitingAtMost">,
  ) {}

  /**
   * Does it, or finds that it was done. Answers `contended` at once when the line is full. Nobody who
   * stops waiting for the answer changes what happens.
   */
  submit<Result, Own extends Entry = AccountEntry>(
    undertaking: Undertaking<Result, Own>,
  ): Promise<CommitResult<Result>> {
    if (this.#line.length >= this.policy.waitingAtMost) {
      return Promise.resolve({ kind: "contended" });
    }
    const answer = Promise.withResolvers<CommitResult<Result>>();
    // The result comes from this very undertaking, whatever the line holds beside it.
    const settle = answer.resolve as Waiting["settle"];
    this.#line.push({ undertaking, settle, fail: answer.reject, ...FRESH });
    if (!this.#atWork) this.#work();
    return answer.promise;
  }

  async #work(): Promise<void> {
    this.#atWork = true;
    // Let those that arrive in this very turn of the event loop join the first group.
    await Promise.resolve();
    while (this.#line.length > 0) {
      let group: readonly Waiting[] = this.#line.splice(0, GROUP_AT_MOST);
      try {
        const fit = this.ports.ledger.fits(group.map((waiting) => waiting.undertaking.query));
        this.#line.unshift(...group.slice(fit));
        group = group.slice(0, fit);
        if (await this.ports.brake.released()) {
          const next = this.#line.slice(0, fit).map((waiting) => waiting.undertaking.query);
          // What goes wrong with it here goes wrong again, and is dealt with, when it is read in earnest.
          const warming = this.ports.ledger.warm(next).catch(() => {});
          await this.#commitGroup(group);
          await warming;
        } else for (const waiting of group) waiting.settle({ kind: "contended" });
      } catch (error) {
        // A defect of ours: whoever has no answer yet must not wait for ever.
        for (const waiting of group) waiting.fail(error);
      }
    }
    this.#atWork = false;
  }

  /** Sees the group through to an end, whatever it takes within the attempts. */
  async #commitGroup(group: readonly Waiting[]): Promise<void> {
    const groups: (readonly Waiting[])[] = [group];
    // Every round uses up an attempt of each member, so the rounds end.
    for (let next = groups.shift(); next; next = groups.shift()) {
      const left = await this.#tryGroup(next);
      const [spent, again] = partition(left, (waiting) => this.#isSpent(waiting));
      await this.#lastLook(spent);
      if (again.length === 0) continue;
      const attempts = Math.max(...again.map((waiting) => waiting.attempts));
      const overtaken = again.every((waiting) => waiting.overtaken);
      const longest = overtaken ? LONGEST_WAIT_AFTER_CONFLICT : attempts;
      await this.ports.backoff.wait(Math.min(attempts, longest));
      groups.push(...(attempts > 1 ? halves(again) : [again]));
    }
  }

  /** One round: read, decide, commit. Answers those who still have none. */
  async #tryGroup(group: readonly Waiting[]): Promise<readonly Waiting[]> {
    const fresh = group.some((waiting) => waiting.attempts > 0);
    const view = await this.#view(group, fresh);
    if (!view) return group;
    const state = new BatchState(view);
    const settled: (() => void)[] = [];
    const deciding: Waiting[] = [];
    const stale: Waiting[] = [];
    for (const waiting of group) {
      try {
        const result = decideOne(state, waiting.undertaking);
        deciding.push(waiting);
        settled.push(() => waiting.settle(result));
      } catch (error) {
        // A defect is that caller's failure, and nobody else's. On what was seen from memory it need
        // not be one: another process may have opened the account that is asked about.
        if (fresh) waiting.fail(error);
        else stale.push(waiting);
      }
    }
    for (const waiting of stale) waiting.attempts++;
    const outcome = state.entries.length === 0
      ? "committed"
      : await this.ports.ledger.commit(view, state.entries);
    if (outcome === "committed") {
      for (const settle of settled) settle();
      return stale;
    }
    for (const waiting of deciding) {
      waiting.attempts++;
      waiting.overtaken = outcome === "conflict";
      waiting.unanswered ||= outcome === "unknown";
      // Over a network a conflict can be the resend of a commit that was stored.
      waiting.unseen ||= outcome !== "busy";
    }
    return [...deciding, ...stale];
  }

  /** Null when the store could not be read; that uses up an attempt. */
  async #view(group: readonly Waiting[], fresh: boolean): Promise<LedgerView | null> {
    const queries = group.map((waiting) => waiting.undertaking.query);
    try {
      const view = await this.ports.ledger.view(queries, { fresh });
      for (const waiting of group) waiting.unseen = false;
      return view;
    } catch {
      for (const waiting of group) {
        waiting.attempts++;
        waiting.overtaken = false;
      }
      return null;
    }
  }

  #isSpent(waiting: Waiting): boolean {
    return waiting.attempts >= this.policy.commitAttempts;
  }

  /**
   * The last attempt may have been stored although its answer was lost. A store that still cannot be
   * read is the caller's to report as a failure, unless a commit may have been stored: then it must
   * not look like one.
   */
  async #lastLook(spent: readonly Waiting[]): Promise<void> {
    for (const waiting of spent) {
      const { undertaking, settle } = waiting;
      try {
        const view = await this.ports.ledger.view([undertaking.query], { fresh: true });
        const result = undertaking.done(new BatchState(view).sight(undertaking.query));
        if (result !== null) settle({ kind: "done", result, byThisCall: false });
        else settle({ kind: waiting.unanswered ? "unknown" : "contended" });
      } catch (error) {
        if (isInDoubt(waiting)) settle({ kind: "unknown" });
        else waiting.fail(error);
      }
    }
  }
}

function isInDoubt(waiting: Waiting): boolean {
  return waiting.unanswered || waiting.unseen;
}

function decideOne(
  state: BatchState,
  undertaking: Undertaking<unknown, Entry>,
): CommitResult<unknown> {
  const sight = state.sight(undertaking.query);
  const earlier = undertaking.done(sight);
  if (earlier !== null) return { kind: "done", result: earlier, byThisCall: false };
  const { entries, result } = undertaking.decide(sight);
  for (const entry of entries) state.add(entry);
  return { kind: "done", result, byThisCall: true };
}

function partition<Item>(
  items: readonly Item[],
  belongs: (item: Item) => boolean,
): readonly [readonly Item[], readonly Item[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}

function halves<Item>(items: readonly Item[]): (readonly Item[])[] {
  if (items.length < 2) return [items];
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}
