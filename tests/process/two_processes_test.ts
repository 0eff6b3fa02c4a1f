import { assert, assertEquals, assertGreater } from "@std/assert";
import { type RunningServer, withServer } from "../browser/running_server.ts";
import { SeededRandom } from "../sim/seeded_random.ts";
import { assertLogHolds } from "./audit_verify.ts";
import { askForSession, newBettor, setCap, setStatus, tokenOf } from "./bettor.ts";
import { assertBooksAgree } from "./books.ts";
import { Customer } from "./customer.ts";
import { LEGS, MARKET_IDS } from "./legs.ts";
import { LogReplay } from "./log_replay.ts";
import { type Answer, assertClean, assertSameAgain, decides } from "./remembered.ts";
import { WatchedLog } from "./watched_log.ts";

const SEED = Number(Deno.env.get("HOLDFAST_SEED") ?? Math.floor(Math.random() * 2 ** 32));

const ACCOUNTS = 4;
/** So large that money and caps run short on the way. */
const MOST_MINOR = 1_500;
const CAP_MINOR = 200_000;

/** A selection of a market that is backed, which nobody backs. */
const NOT_BACKED = { marketId: "harbour-northgate.match-result", selectionId: "northgate" };

/** A market that is suspended again and again. */
const HALTED = { marketId: "saltmarsh-1430.winner" };

/** What must be met on the way. */
const REASONS = ["insufficient_funds", "liability_cap", "hold_active", "market_suspended"];

/** One process is killed after half of the answers. */
const ANSWERS = 1_600;
const KILL_AFTER = ANSWERS / 2;

/** While both live, each does at least this share of what is done. */
const FAIR_SHARE = 0.05;

Deno.test("two processes on one file, under load from both: each bet once, caps and funds exact, and one outlives the other", async () => {
  console.log(`HOLDFAST_SEED=${SEED}`);
  await withServer((one) => one.withAnother((other) => new TwoProcesses(one, other).run()));
});

class TwoProcesses {
  readonly #killed = Promise.withResolvers<void>();
  #decided = 0;
  /** What each process did that had not been done, while both lived. */
  readonly #done = new Map<string, number>();

  constructor(readonly one: RunningServer, readonly other: RunningServer) {}

  async run(): Promise<void> {
    const { one, other } = this;
    const random = new SeededRandom(SEED);
    const traderToken = await tokenOf(one.url, "trader");
    const log = new WatchedLog(await tokenOf(other.url, "auditor"));
    await this.#capAll(traderToken);
    const bettors = await Promise.all(
      Array.from({ length: ACCOUNTS }, (_, index) => newBettor([one, other][index % 2]?.url ?? "")),
    );
    // To every account one customer comes by each process, and one by both at once.
    const ways = [[one.url], [other.url], [one.url, other.url]];
    const customers = bettors.flatMap((bettor, account) =>
      ways.map((urls, way) => ({
        urls,
        customer: new Customer(bettor, {
          name: `${account}-${way}`,
          random: random.split(),
          legs: LEGS,
          mostMinor: MOST_MINOR,
        }),
      }))
    );
    const all = () => customers.flatMap(({ customer }) => customer.remembered);

    const visitors = this.#letVisitorsIn(traderToken);
    await Promise.all(customers.map(({ customer, urls }) => this.#work(customer, urls)));
    await visitors;
    assertEquals(other.isRunning, false);
    assertEquals(one.errors, []);
    for (const { url } of [one, other]) {
      const done = this.#done.get(url) ?? 0;
      console.log(`${url} did ${done} of the first ${KILL_AFTER}`);
      assertGreater(done, KILL_AFTER * FAIR_SHARE);
    }

    await log.catchUp(one.url, all());
    log.assertTells(all());
    const replay = new LogReplay();
    replay.check(log.records);
    console.log("refused:", replay.refusals);
    for (const reason of REASONS) {
      assert(replay.refusals[reason], `${reason} was met`);
    }

    await other.start();
    for (const { url } of [one, other]) {
      await assertSameAgain(url, all());
      await assertBooksAgree(url, {
        bettors,
        traderToken,
        marketIds: MARKET_IDS,
        remembered: all(),
      });
    }
    await assertLogHolds(one.database);
    assertEquals([one.errors, other.errors], [[], []]);
  }

  /** A customer whose only process is gone makes the open request by the other one, and goes on there. */
  async #work(customer: Customer, urls: readonly string[]): Promise<void> {
    const goOn = () => this.#decided < ANSWERS;
    const heard = (answers: readonly (Answer | null)[]) => this.#heard(urls, answers);
    await customer.work({ urls, goOn, heard });
    if (goOn()) {
      await this.#killed.promise;
      await customer.settle(this.one.url);
      await customer.work({ urls: [this.one.url], goOn, heard });
    }
    await customer.settle(this.one.url);
  }

  #heard(urls: readonly string[], answers: readonly (Answer | null)[]): void {
    if (!answers.some((answer) => answer && decides(answer))) return;
    for (const [index, url] of urls.entries()) {
      const answer = answers[index];
      const did = answer && decides(answer) && !answer.replayed;
      if (did && this.#decided < KILL_AFTER) this.#done.set(url, (this.#done.get(url) ?? 0) + 1);
    }
    if (++this.#decided === KILL_AFTER) this.#killed.resolve(this.other.kill());
  }

  /**
   * Meanwhile people sign in and a trader sets a cap and suspends or resumes a market, by either process:
   * what is told them is that it is done, or cleanly that they should come again.
   */
  async #letVisitorsIn(traderToken: string): Promise<void> {
    for (let visit = 0; this.#decided < ANSWERS; visit++) {
      const { url } = this.other.isRunning && visit % 2 === 0 ? this.other : this.one;
      const limit = { ...NOT_BACKED, liabilityCapMinor: CAP_MINOR + visit };
      const answers = await Promise.allSettled([
        askForSession(url, "player"),
        askForSession(url, "auditor"),
        setCap(url, traderToken, limit),
        setStatus(url, traderToken, { ...HALTED, does: visit % 3 === 0 ? "suspend" : "resume" }),
      ]);
      for (const answer of answers) {
        // Only the process that was killed meanwhile may leave somebody without an answer.
        if (answer.status === "rejected") {
          assertEquals([url, answer.reason.name], [this.other.url, "TypeError"]);
        } else if (answer.value.ok) await answer.value.body?.cancel();
        else {
          const { status } = answer.value;
          assertClean({ status, text: await answer.value.text(), replayed: false });
        }
      }
    }
  }

  async #capAll(traderToken: string): Promise<void> {
    for (const { marketId, selectionId } of LEGS) {
      const limit = { marketId, selectionId, liabilityCapMinor: CAP_MINOR };
      const response = await setCap(this.one.url, traderToken, limit);
      assertEquals(response.status, 200, await response.text());
    }
  }
}
