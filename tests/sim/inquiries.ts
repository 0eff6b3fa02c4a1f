import { decodeRecord } from "../../lib/audit/record.ts";
import { same } from "./invariants/same.ts";
import type { OpenedProcess } from "./open_process.ts";
import type { SeededRandom } from "./seeded_random.ts";
import { type Wish, wishText } from "./wishes.ts";
import type { World } from "./world.ts";

/** Asks some process for something; text says that no answer came. */
export type Attempt = <Answer>(
  ask: (process: OpenedProcess) => Promise<Answer>,
) => Promise<Answer | "failed" | "no answer">;

const SOME = 20;

/**
 * Questions that change nothing. What is answered must have been so at some moment between the question
 * and the answer.
 */
export class Inquiries {
  constructor(
    readonly world: World,
    readonly random: SeededRandom,
    readonly attempt: Attempt,
  ) {}

  /** Asks one of them, about an account and a request of somebody's. */
  async ask(accountId: string, wish: Wish): Promise<void> {
    switch (this.random.pick(["request", "account", "hold", "exposures", "history", "records"])) {
      case "request":
        return await this.#request(wish);
      case "account":
        return await this.#account(accountId);
      case "hold":
        return await this.#hold(accountId);
      case "exposures":
        return await this.#exposures();
      case "history":
        return await this.#history(accountId);
      case "records":
        return await this.#records(accountId);
    }
  }

  /** What had its effect before the question must be found. */
  async #request(wish: Wish): Promise<void> {
    const { journal, breaches } = this.world;
    const { accountId, requestId } = wish;
    const place = `${accountId} ${requestId}`;
    const before = journal.answers.get(place);
    const found = await this.attempt(({ services }) => services.request(accountId, requestId));
    if (typeof found === "string") return;
    const right = found ? found.seq === journal.answers.get(place)?.seq : before === undefined;
    breaches.unless(right, () => `looking up ${wishText(wish)} found entry ${found?.seq}`);
  }

  async #account(accountId: string): Promise<void> {
    const { journal, breaches } = this.world;
    const before = journal.newest(accountId)?.seq ?? 0;
    const state = await this.attempt(({ services }) => services.account(accountId));
    if (typeof state === "string") return;
    const now = journal.newest(accountId)?.seq ?? 0;
    let right = false;
    for (let seq = before; seq <= now && !right; seq++) {
      const expected = journal.placed(accountId, seq)?.entry.state;
      // Of a dead hold, which is dead by the process's clock alone, nothing is told.
      right = expected && state
        ? same(state, { ...expected, hold: state.hold })
        : !expected && !state;
      right &&= !state?.hold || same(state.hold, expected?.hold);
    }
    breaches.unless(right, () => `reading ${accountId} found ${JSON.stringify(state)}`);
  }

  async #hold(accountId: string): Promise<void> {
    const { journal, breaches } = this.world;
    const some = [...journal.holds.values()].slice(-SOME);
    if (some.length === 0) return;
    const { hold } = this.random.pick(some);
    const { page } = journal;
    const fate = await this.attempt(({ services }) => services.hold(accountId, hold.id));
    if (typeof fate === "string") return;
    const possible = journal.fatesSince(hold.id, page);
    const own = hold.accountId === accountId;
    const right = fate
      ? own && same(fate.hold, hold) &&
        (possible.includes(fate.status) ||
          (fate.status === "expired" && possible.includes("pending")))
      : !own;
    breaches.unless(right, () => `hold ${hold.id} of ${accountId} was said to be ${fate?.status}`);
  }

  async #exposures(): Promise<void> {
    const { journal, breaches } = this.world;
    const { id: marketId, selections: all } = this.random.pick([...journal.markets.values()]);
    const selections = all.map(({ id: selectionId }) => ({ marketId, selectionId }));
    const { page } = journal;
    const told = await this.attempt(({ services }) => services.exposures(selections));
    if (typeof told === "string") return;
    for (const [index, { selectionId }] of selections.entries()) {
      const minor = told[index] ?? -1;
      breaches.unless(
        journal.liabilities.wasSince(`${marketId}\n${selectionId}`, page, minor),
        () => `the liability on ${marketId} ${selectionId} was said to be ${minor}`,
      );
    }
  }

  /** Bets, newest first: none may be left out or come twice, wherever the entries stand by now. */
  async #history(accountId: string): Promise<void> {
    const { journal, breaches } = this.world;
    const before = journal.newest(accountId)?.seq ?? 0;
    const asked = { before: null, limit: this.random.between(1, SOME) };
    const told = await this.attempt(({ services }) => services.bets(accountId, asked));
    if (typeof told === "string") return;
    const ids = told.items.map((bet) => bet.id);
    const chain = journal.chains.get(accountId) ?? [];
    let right = false;
    for (let end = before; end <= chain.length && !right; end++) {
      const bets = chain.slice(0, end).flatMap(({ entry: { event } }) => (
        event.type === "bet.placed" ? [event.bet.id] : []
      ));
      right = same(ids, bets.reverse().slice(0, asked.limit));
    }
    breaches.unless(right, () => `the bets of ${accountId} were said to be ${ids.join()}`);
  }

  async #records(accountId: string): Promise<void> {
    const { journal, breaches, log } = this.world;
    const chain = journal.chains.get(accountId) ?? [];
    const before = log.head.size;
    const after = this.random.chance(0.3) ? 0 : this.random.below(before + 1);
    const asked = { accountId, after, limit: this.random.between(1, SOME) };
    const told = await this.attempt(({ services }) => services.auditRecords(asked));
    if (typeof told === "string") return;
    const behind = chain.filter(({ number }) => number > after);
    const least = Math.min(behind.filter(({ number }) => number <= before).length, asked.limit);
    const right = told.length >= least && told.length <= asked.limit &&
      told.every(({ seq, bytes }, index) => (
        seq === behind[index]?.number && decodeRecord(bytes).accountId === accountId
      ));
    breaches.unless(right, () => (
      `the records of ${accountId} after ${after} were said to be ${told.map(({ seq }) => seq)}`
    ));
  }
}
