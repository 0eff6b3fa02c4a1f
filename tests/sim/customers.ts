import { Inquiries } from "./inquiries.ts";
import type { OpenedProcess } from "./open_process.ts";
import { Requests } from "./requests.ts";
import { Actor } from "./scheduler.ts";
import type { SeededRandom } from "./seeded_random.ts";
import { NO_ANSWER } from "./simulated_process.ts";
import { type Wish, Wishes } from "./wishes.ts";
import type { World } from "./world.ts";

/** How many requests are remembered for being asked once more. */
const REMEMBERED = 40;

/** An account with less is soon left for a new one. */
const POOR_MINOR = 200;

/** How many ask at once in a rush, at most. */
const A_RUSH = 60;

/** Everybody who asks the processes for something, several at a time. */
export class Customers {
  readonly #actor = new Actor("customers");
  readonly #accounts: string[] = [];
  readonly #asked: Wish[] = [];
  readonly #wishes: Wishes;
  readonly #requests: Requests;
  readonly #inquiries: Inquiries;
  #operations = 0;

  constructor(readonly world: World, readonly random: SeededRandom) {
    const attempt = <Answer>(ask: (process: OpenedProcess) => Promise<Answer>) =>
      this.#attempt(ask);
    this.#wishes = new Wishes(random.split(), world.journal);
    this.#requests = new Requests(world, random.split(), attempt);
    this.#inquiries = new Inquiries(world, random.split(), attempt);
  }

  /** Opens accounts, then works until so many requests were sent, `atOnce` at a time. */
  async run(plan: { accounts: number; operations: number; atOnce: number }): Promise<void> {
    while (this.#accounts.length < plan.accounts) await this.#openAccount();
    const customer = async () => {
      while (this.#operations < plan.operations) await this.#operate();
    };
    await Promise.all(Array.from({ length: plan.atOnce }, customer));
  }

  /** Asks on until every request's fate is known. Nothing may go wrong any more. */
  async settle(): Promise<void> {
    await this.#requests.settle();
  }

  async #operate(): Promise<void> {
    const { random, world } = this;
    const kind = random.weighted({
      wish: 60,
      again: 9,
      otherBody: 4,
      twice: 7,
      hangUp: 6,
      rush: 0.6,
      inquiry: 8,
      trade: 5,
      offer: 0.2,
      drain: 1.5,
      sweep: 1.5,
      checkpoint: 1,
    });
    world.count(`operation ${kind}`);
    const earlier = this.#asked.length > 0 ? random.pick(this.#asked) : this.#wish();
    switch (kind) {
      case "wish":
        return await this.#requests.insist(this.#wish());
      case "again":
        return await this.#requests.insist(earlier);
      case "otherBody":
        return await this.#requests.insist(this.#wishes.changed(earlier));
      case "twice": {
        const wish = this.#wish();
        await Promise.all([this.#requests.insist(wish), this.#requests.insist(wish)]);
        return;
      }
      case "hangUp": {
        const wish = this.#wish();
        this.#requests.ask(wish);
        await world.scheduler.pause(this.#actor, world.faults.someTimeMs() / 100);
        return await this.#requests.insist(wish);
      }
      case "rush":
        return await this.#rush();
      case "inquiry":
        return await this.#inquiries.ask(random.pick(this.#accounts), earlier);
      case "trade":
        return await this.#requests.insist(this.#remember(world.trader.wish()));
      case "offer":
        return await world.trader.offer((ask) => this.#attempt(ask));
      case "drain":
        return void await this.#attempt((process) => process.drain());
      case "sweep":
        return void await this.#attempt((process) => process.expireHolds());
      case "checkpoint":
        return void await this.#attempt((process) => process.checkpoint());
    }
  }

  /** Many at once, who may well want the same. */
  async #rush(): Promise<void> {
    const size = this.random.between(2, A_RUSH);
    await Promise.all(
      Array.from({ length: size }, () => this.#requests.insist(this.#wish())),
    );
  }

  async #attempt<Answer>(
    ask: (process: OpenedProcess) => Promise<Answer>,
  ): Promise<Answer | "failed" | "no answer"> {
    const { world } = this;
    this.#operations++;
    await world.scheduler.turn(this.#actor, "ask");
    try {
      const answer = await this.random.pick(world.processes).ask(ask);
      if (answer !== NO_ANSWER) {
        world.answered++;
        return answer;
      }
      // Whoever finds nobody waits a little before asking again.
      await world.scheduler.pause(this.#actor, this.random.below(200));
      return "no answer";
    } catch (error) {
      world.trouble(error);
      return "failed";
    }
  }

  async #openAccount(): Promise<void> {
    const opened = await this.#attempt(({ services }) =>
      services.startDemoSession({ role: "player", name: null, keep: null })
    );
    if (opened === null || typeof opened === "string" || !opened.session.accountId) return;
    const { accountId } = opened.session;
    this.world.breaches.unless(
      this.world.journal.newest(accountId)?.seq === 2,
      () => `account ${accountId} was opened, and is not there`,
    );
    this.#accounts.push(accountId);
  }

  #wish(): Wish {
    const { random } = this;
    const accountId = random.pick(this.#accounts);
    const balanceMinor = this.world.journal.newest(accountId)?.state.balanceMinor ?? 0;
    if (balanceMinor < POOR_MINOR && random.chance(0.1)) this.#replace(accountId);
    return this.#remember(this.#wishes.draw(accountId));
  }

  #remember(wish: Wish): Wish {
    if (this.#asked.length < REMEMBERED) this.#asked.push(wish);
    else this.#asked[this.random.below(REMEMBERED)] = wish;
    return wish;
  }

  #replace(accountId: string): void {
    if (this.#accounts.length > 1) this.#accounts.splice(this.#accounts.indexOf(accountId), 1);
    this.#openAccount();
  }
}
