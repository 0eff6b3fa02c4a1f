import { assertEquals } from "@std/assert";
import { type RunningServer, withServer } from "../browser/running_server.ts";
import { SeededRandom } from "../sim/seeded_random.ts";
import { assertLogHolds } from "./audit_verify.ts";
import { newBettor, tokenOf } from "./bettor.ts";
import { assertBooksAgree } from "./books.ts";
import { Customer } from "./customer.ts";
import { LEGS, MARKET_IDS } from "./legs.ts";
import { assertSameAgain } from "./remembered.ts";
import { WatchedLog } from "./watched_log.ts";
import { workUntilKilled } from "./work_until_killed.ts";

/** `deno task test:long` asks for fifty. */
const ROUNDS = Number(Deno.env.get("HOLDFAST_ROUNDS") ?? 3);
const SEED = Number(Deno.env.get("HOLDFAST_SEED") ?? Math.floor(Math.random() * 2 ** 32));

const ACCOUNTS = 4;
const CUSTOMERS_AN_ACCOUNT = 3;
/** So small that no account is empty before the last round. */
const MOST_MINOR = 40;

/** A kill comes after so many answers of its round at most. */
const ANSWERS_A_ROUND = 800;
/** And up to so much later, to fall anywhere within a commit. */
const LATER_MS = 4;

const ROUND_MS = 30_000;

Deno.test(`kill -9 under load, ${ROUNDS} rounds: no answer is taken back, and no request counts twice`, async () => {
  console.log(`HOLDFAST_SEED=${SEED}`);
  await withServer(killAndKill, { workMs: (ROUNDS + 2) * ROUND_MS });
});

async function killAndKill(server: RunningServer): Promise<void> {
  const random = new SeededRandom(SEED);
  const { url } = server;
  const log = new WatchedLog(await tokenOf(url, "auditor"));
  const traderToken = await tokenOf(url, "trader");
  const bettors = await Promise.all(Array.from({ length: ACCOUNTS }, () => newBettor(url)));
  const customers = bettors.flatMap((bettor, account) =>
    Array.from({ length: CUSTOMERS_AN_ACCOUNT }, (_, one) =>
      new Customer(bettor, {
        name: `${account}-${one}`,
        random: random.split(),
        legs: LEGS,
        mostMinor: MOST_MINOR,
      }))
  );
  const all = () => customers.flatMap((customer) => customer.remembered);

  for (let round = 1; round <= ROUNDS; round++) {
    const before = new Set(all());
    await workUntilKilled(server, customers, {
      answers: random.between(1, ANSWERS_A_ROUND),
      afterMs: random.between(0, LATER_MS),
    });
    const answered = all().filter((one) => one.answer !== null);
    const open = all().filter((one) => one.answer === null);

    await server.start();
    // A server that says that it listens has swept: what the killed one answered is in the log.
    await log.readOn(url);
    log.assertHas(answered);

    await Promise.all(customers.map((customer) => customer.settle(url)));
    await log.catchUp(url, all());
    log.assertTells(all());

    const news = all().filter((one) => !before.has(one));
    await assertSameAgain(url, news);
    await assertBooksAgree(url, { bettors, traderToken, marketIds: MARKET_IDS, remembered: all() });
    const said = await assertLogHolds(server.database);
    assertEquals(said.includes("on their way"), false, said);
    assertEquals(server.errors, []);
    const happened = open.filter((one) => one.answer?.replayed).length;
    console.log(
      `round ${round} of ${ROUNDS}: ${news.length - open.length} answered, ` +
        `${open.length} cut off, of which ${happened} had happened`,
    );
  }
  await assertSameAgain(url, all());
  await log.readOn(url);
  log.assertTells(all());
}
