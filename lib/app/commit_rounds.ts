import type { LedgerStore, LedgerView } from "../ports/ledger_store.ts";
import type { Backoff } from "../ports/surroundings.ts";
import { BatchState } from "./batch_state.ts";
import { answerAll, decideGroup, leftBy } from "./decided_group.ts";
import type { Policy } from "./policy.ts";
import { queriesOf, type Waiting } from "./undertaking.ts";

/**
 * After a conflict no wait is longer than the third. Another process was faster, and as it need not
 * wait it goes on being so: with waits that double, the slower of two would hardly ever get a turn.
 */
const LONGEST_WAIT_AFTER_CONFLICT = 3;

/**
 * Sees those through whose first attempt did not end well: each round reads afresh, decides and
 * commits. A group that fails once more is halved, so that what is stale does not hold its neighbours
 * up for long; whose attempts are used up gets a last look.
 */
export class CommitRounds {
  constructor(
    readonly ports: { readonly ledger: LedgerStore; readonly backoff: Backoff },
    readonly policy: Pick<Policy, "commitAttempts">,
  ) {}

  /** Gives everybody an answer, who all have an attempt behind them. */
  async run(left: readonly Waiting[]): Promise<void> {
    const groups = [...await this.#again(left)];
    // Every round uses up an attempt of each member, so the rounds end.
    for (let next = groups.shift(); next; next = groups.shift()) {
      groups.push(...await this.#again(await this.#round(next)));
    }
  }

  /** Reads for a group; null when the store could not be read, which uses up an attempt. */
  async view(
    group: readonly Waiting[],
    how: { readonly fresh: boolean },
  ): Promise<LedgerView | null> {
    try {
      const view = await this.ports.ledger.view(queriesOf(group), how);
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

  /** The groups in which those go on who may, after a wait. */
  async #again(left: readonly Waiting[]): Promise<readonly (readonly Waiting[])[]> {
    const [spent, again] = partition(left, (waiting) => this.#isSpent(waiting));
    await this.#lastLook(spent);
    if (again.length === 0) return [];
    const attempts = Math.max(...again.map((waiting) => waiting.attempts));
    const overtaken = again.every((waiting) => waiting.overtaken);
    const longest = overtaken ? LONGEST_WAIT_AFTER_CONFLICT : attempts;
    await this.ports.backoff.wait(Math.min(attempts, longest));
    return attempts > 1 ? halves(again) : [again];
  }

  /** Reads, decides, commits. Answers those who still have no answer. */
  async #round(group: readonly Waiting[]): Promise<readonly Waiting[]> {
    const view = await this.view(group, { fresh: true });
    if (!view) return group;
    const decided = decideGroup(group, view, { fresh: true });
    const outcome = decided.entries.length === 0
      ? "committed"
      : await this.ports.ledger.commit(view, decided.entries);
    if (outcome === "committed") answerAll(decided);
    return leftBy(decided, outcome);
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
