import type { BetAnswer } from "../../lib/app/place_bet.ts";
import { Bets, type Wish } from "./bets.ts";
import { lookUp, readAccount } from "./inquiries.ts";
import { Actor } from "./scheduler.ts";
import type { SeededRandom } from "./seeded_random.ts";
import { NO_ANSWER, type SimulatedProcess } from "./simulated_process.ts";
import type { World } from "./world.ts";

/** What a customer hears of a try: an answer, a failure that leaves it open, or nothing at all. */
type Heard = BetAnswer["kind"] | "failed" | "no answer";

/** How likely a customer leaves it at what they heard, whatever it was, after each try. */
const IMPATIENCE = 0.25;

/** How often a customer asks again at once, and how often once nothing goes wrong any more. */
const PATIENCE = 4;
const LAST_PATIENCE = 60;

/** How long it waits in between, then. */
const SETTLING_MS = 1_000;

/** How many requests are remembered for being asked once more. */
const REMEMBERED = 40;

/** An account with less is soon left for a new one. */
const POOR_MINOR = 200;

/** Everybody who asks the processes for something, several at a time. */
export class Customers {
  readonly outcomes = new Map<string, number>();
  readonly #actor = new Actor("customers");
  readonly #accounts: string[] = [];
  readonly #asked: Wish[] = [];
  /** Requests whose fate is not known to the one who asked, by account and id. */
  readonly #open = new Map<string, Wish>();
  readonly #bets: Bets;
  #operations = 0;

  constructor(readonly world: World, readonly random: SeededRandom) {
    this.#bets = new Bets(random.split(), () => world.trader.markets());
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
    for (const wish of [...this.#open.values()]) {
      for (let attempt = 0; attempt < LAST_PATIENCE && this.#isOpen(wish); attempt++) {
        await this.#ask(wish);
        // What a slow call still blocks is free after a while.
        if (this.#isOpen(wish)) await this.world.scheduler.pause(this.#actor, SETTLING_MS);
      }
      this.world.breaches.unless(
        !this.#isOpen(wish),
        () => `nobody could learn the fate of ${wish.accountId} ${wish.requestId}`,
      );
    }
  }

  async #operate(): Promise<void> {
    const { random, world } = this;
    const kind = random.weighted({
      bet: 60,
      again: 10,
      otherBody: 4,
      twice: 8,
      hangUp: 6,
      lookUp: 4,
      account: 4,
      market: 5,
      drain: 2,
    });
    this.#count(`operation ${kind}`);
    const earlier = this.#asked.length > 0 ? random.pick(this.#asked) : this.#wish();
    switch (kind) {
      case "bet":
        return await this.#insist(this.#wish());
      case "again":
        return await this.#insist(earlier);
      case "otherBody":
        return await this.#insist(this.#bets.changed(earlier));
      case "twice": {
        const wish = this.#wish();
        await Promise.all([this.#insist(wish), this.#insist(wish)]);
        return;
      }
      case "hangUp": {
        const wish = this.#wish();
        this.#ask(wish);
        await world.scheduler.pause(this.#actor, world.faults.someTimeMs() / 100);
        return await this.#insist(wish);
      }
      case "lookUp":
        return await lookUp(world, earlier, (ask) => this.#attempt(ask));
      case "account":
        return await readAccount(
          world,
          random.pick(this.#accounts),
          (ask) => this.#attempt(ask),
        );
      case "market":
        this.#operations++;
        return world.trader.move();
      case "drain":
        await this.#attempt((process) => process.ask((_, drain) => drain()));
    }
  }

  /** Asks until the fate is known, or the patience is used up: then it stays open. */
  async #insist(wish: Wish): Promise<void> {
    for (let attempt = 0; attempt < PATIENCE; attempt++) {
      await this.#ask(wish);
      if (!this.#isOpen(wish) || this.random.chance(IMPATIENCE)) return;
    }
  }

  async #ask(wish: Wish): Promise<void> {
    const { world } = this;
    const place = `${wish.accountId} ${wish.requestId} ${wish.stakeMinor}`;
    if (!this.#open.has(place)) this.#open.set(place, wish);
    const heard = await this.#attempt((process) =>
      process.ask(async (services): Promise<Heard> => {
        const request = { ...wish, atMs: services.nowMs() };
        const attempt = world.answers.begin(request);
        const answer = await services.placeBet(request);
        world.answers.end(attempt, answer);
        return answer.kind;
      })
    );
    this.#count(heard);
    world.trace.note("customers", `hear of ${place}`, heard);
    if (heard === "placed" || heard === "refused" || heard === "mismatch") this.#open.delete(place);
  }

  async #attempt<Answer>(
    ask: (process: SimulatedProcess) => Promise<Answer | typeof NO_ANSWER>,
  ): Promise<Answer | "failed" | "no answer"> {
    const { world } = this;
    this.#operations++;
    await world.scheduler.turn(this.#actor, "ask");
    try {
      const answer = await ask(this.random.pick(world.processes));
      if (answer !== NO_ANSWER) return answer;
      // Whoever finds nobody waits a little before asking again.
      await world.scheduler.pause(this.#actor, this.random.below(200));
      return "no answer";
    } catch {
      return "failed";
    }
  }

  async #openAccount(): Promise<void> {
    const opened = await this.#attempt((process) =>
      process.ask((services) =>
        services.startDemoSession({ role: "player", name: null, keepAccountId: null })
      )
    );
    if (opened === null || typeof opened === "string" || !opened.session.accountId) return;
    const { accountId } = opened.session;
    this.world.breaches.unless(
      this.world.chains.newest.get(accountId)?.seq === 2,
      () => `account ${accountId} was opened, and is not there`,
    );
    this.#accounts.push(accountId);
  }

  #wish(): Wish {
    const { random } = this;
    const accountId = random.pick(this.#accounts);
    const account = this.world.chains.newest.get(accountId)?.state;
    const availableMinor = account ? account.balanceMinor - account.heldMinor : 0;
    if (availableMinor < POOR_MINOR && random.chance(0.1)) this.#replace(accountId);
    const wish = this.#bets.draw(accountId, availableMinor);
    if (this.#asked.length < REMEMBERED) this.#asked.push(wish);
    else this.#asked[random.below(REMEMBERED)] = wish;
    return wish;
  }

  #replace(accountId: string): void {
    if (this.#accounts.length > 1) this.#accounts.splice(this.#accounts.indexOf(accountId), 1);
    this.#openAccount();
  }

  #isOpen(wish: Wish): boolean {
    return this.#open.has(`${wish.accountId} ${wish.requestId} ${wish.stakeMinor}`);
  }

  #count(outcome: string): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }
}
