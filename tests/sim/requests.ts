import type { Services } from "../../lib/app/services.ts";
import type { Attempt } from "./inquiries.ts";
import type { Asked, Told } from "./invariants/asked.ts";
import { checkToldNow } from "./late_replies.ts";
import { Actor } from "./scheduler.ts";
import type { SeededRandom } from "./seeded_random.ts";
import { type Wish, wishText } from "./wishes.ts";
import type { World } from "./world.ts";

/** How likely a customer leaves it at what they heard, whatever it was, after each try. */
const IMPATIENCE = 0.25;

/** How often a customer asks again at once, and how often once nothing goes wrong any more. */
const PATIENCE = 4;
const LAST_PATIENCE = 60;

/** How long it waits in between, then, and how many wait at once. */
const SETTLING_MS = 1_000;
const SETTLING_AT_ONCE = 30;

/** How often a request arrives in the very moment in which the account's hold dies, or next to it. */
const AT_THE_EDGE = 0.15;

/** Asks for what customers wish, again and again until it is known what became of it. */
export class Requests {
  readonly #actor = new Actor("requests");
  /** Wishes whose fate is not known to the one who asked. */
  readonly #open = new Map<string, Wish>();

  constructor(
    readonly world: World,
    readonly random: SeededRandom,
    readonly attempt: Attempt,
  ) {}

  /** Asks until the fate is known, or the patience is used up: then it stays open. */
  async insist(wish: Wish): Promise<void> {
    for (let attempt = 0; attempt < PATIENCE; attempt++) {
      await this.ask(wish);
      if (!this.#isOpen(wish) || this.random.chance(IMPATIENCE)) return;
    }
  }

  /** Asks once. */
  async ask(wish: Wish): Promise<void> {
    const place = wishText(wish);
    if (!this.#open.has(place)) this.#open.set(place, wish);
    const heard = await this.attempt(async ({ services }) => await this.#answer(services, wish));
    this.world.count(heard);
    this.world.trace.note("customers", `hear of ${place}`, heard);
    const isOpen = ["failed", "no answer", "contended", "unknown"].includes(heard);
    if (!isOpen) this.#open.delete(place);
  }

  /** Asks on until every wish's fate is known. Nothing may go wrong any more. */
  async settle(): Promise<void> {
    const wishes = [...this.#open.values()];
    const atOnce = Math.min(SETTLING_AT_ONCE, this.world.policy.waitingAtMost);
    const settling = async () => {
      for (let wish = wishes.pop(); wish; wish = wishes.pop()) await this.#settle(wish);
    };
    await Promise.all(Array.from({ length: atOnce }, settling));
  }

  async #settle(wish: Wish): Promise<void> {
    for (let attempt = 0; attempt < LAST_PATIENCE && this.#isOpen(wish); attempt++) {
      await this.ask(wish);
      // What a slow call still blocks is free after a while.
      if (this.#isOpen(wish)) await this.world.scheduler.pause(this.#actor, SETTLING_MS);
    }
    this.world.breaches.unless(
      !this.#isOpen(wish),
      () => `nobody could learn the fate of ${wishText(wish)}`,
    );
  }

  async #answer(services: Services, wish: Wish): Promise<string> {
    const { world } = this;
    const asked: Asked = { ...wish, atMs: this.#arrivalMs(services, wish) };
    const attempt = world.answers.begin(asked);
    const answer = await served(services, asked);
    world.answers.end(attempt, answer);
    await checkToldNow(world, services, answer);
    if (answer.kind !== "refused") return answer.kind;
    return `${asked.do === "change" ? "market " : ""}refused ${answer.refusal.kind}`;
  }

  /** The server's time; it may jump, also to where it matters most. */
  #arrivalMs(services: Services, wish: Wish): number {
    if (wish.do === "change") return services.nowMs();
    const hold = this.world.journal.newest(wish.accountId)?.state.hold;
    if (!hold || !this.random.chance(AT_THE_EDGE)) return services.nowMs();
    return hold.expiresAtMs + this.random.pick([-1, 0, 1]);
  }

  #isOpen(wish: Wish): boolean {
    return this.#open.has(wishText(wish));
  }
}

async function served(services: Services, asked: Asked): Promise<Told> {
  switch (asked.do) {
    case "bet":
      return await services.placeBet(asked);
    case "hold":
      return await services.authoriseHold(asked);
    case "confirm":
      return await services.confirmHold(asked);
    case "void":
      return await services.voidHold(asked);
    case "change":
      return await services.changeMarket(asked);
  }
}
