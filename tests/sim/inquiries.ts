import { decodeRecord, entryOf } from "../../lib/audit/record.ts";
import { chainOf } from "../../lib/domain/chain.ts";
import { accountEntry } from "../../lib/domain/entry.ts";
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
    const kinds = ["request", "account", "hold", "market", "exposures", "history"] as const;
    switch (this.random.pick([...kinds, "records", "market records"] as const)) {
      case "request":
        return await this.#request(wish);
      case "market":
        return await this.#market();
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
      case "market records":
        return await this.#records(chainOf({ marketId: this.#someMarket() }));
    }
  }

  /** What had its effect before the question must be found. */
  async #request(wish: Wish): Promise<void> {
    const { journal, breaches } = this.world;
    if (wish.do === "change") return;
    const { accountId, requestId } = wish;
    const place = `${accountId} ${requestId}`;
    const before = journal.answers.get(place);
    const found = await this.attempt(({ services }) => services.request(accountId, requestId));
    if (typeof found === "string") return;
    const right = found ? found.seq === journal.answers.get(place)?.seq : before === undefined;
    breaches.unless(right, () => `looking up ${wishText(wish)} found entry ${found?.seq}`);
  }

  /** Markets are shown as they were at some moment, through the book and by themselves. */
  async #market(): Promise<void> {
    const { journal, breaches } = this.world;
    const marketId = this.#someMarket();
    const chain = chainOf({ marketId });
    const before = journal.chains.get(chain)?.length ?? 0;
    const told = await this.attempt(({ services }) => services.market(marketId));
    if (typeof told === "string") return;
    const states = (journal.chains.get(chain) ?? []).slice(before - 1);
    breaches.unless(
      states.some(({ entry: { state } }) => same(state, told)),
      () => `${marketId} was said to be ${JSON.stringify(told)}`,
    );
  }

  #someMarket(): string {
    return this.random.pick([...this.world.journal.markets.keys()]);
  }

  async #account(accountId: string): Promise<void> {
    const { journal, breaches } = this.world;
    const before = journal.newest(accountId)?.seq ?? 0;
    const state = await this.attempt(({ services }) => services.account(accountId));
    if (typeof state === "string") return;
    const now = journal.newest(accountId)?.seq ?? 0;
    let right = false;
    for (let seq = before; seq <= now && !right; seq++) {
      const entry = journal.placed(accountId, seq)?.entry;
      const expected = entry && accountEntry(entry).state;
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

  async #records(name: string): Promise<void> {
    const { journal, breaches, log } = this.world;
    const chain = journal.chains.get(name) ?? [];
    const before = log.head.size;
    const after = this.random.chance(0.3) ? 0 : this.random.below(before + 1);
    const asked = { chain: name, after, limit: this.random.between(1, SOME) };
    const told = await this.attempt(({ services }) => services.auditRecords(asked));
    if (typeof told === "string") return;
    const behind = chain.filter(({ number }) => number > after);
    const least = Math.min(behind.filter(({ number }) => number <= before).length, asked.limit);
    const right = told.length >= least && told.length <= asked.limit &&
      told.every(({ seq, bytes }, index) => (
        seq === behind[index]?.number && entryOf(decodeRecord(bytes)).chain === name
      ));
    breaches.unless(right, () => (
      `the records of ${name} after ${after} were said to be ${told.map(({ seq }) => seq)}`
    ));
  }
}
