import { assert, assertEquals, assertMatch } from "@std/assert";
import { type RunningServer, withServer } from "../browser/running_server.ts";
import { SeededRandom } from "../sim/seeded_random.ts";
import { assertLogHolds } from "./audit_verify.ts";
import { accountOf, askForSession, type Bettor, newBettor, tokenOf } from "./bettor.ts";
import { assertBooksAgree } from "./books.ts";
import { Customer } from "./customer.ts";
import { LEGS, MARKET_IDS } from "./legs.ts";
import { assertClean, assertSameAgain, decides } from "./remembered.ts";
import { onSmallDisk, type SmallDisk } from "./small_disk.ts";
import { WatchedLog } from "./watched_log.ts";

const SEED = Number(Deno.env.get("HOLDFAST_SEED") ?? Math.floor(Math.random() * 2 ** 32));

const SMALL_MEGABYTES = 8;
const LARGE_MEGABYTES = 64;
const CUSTOMERS = 8;
const MOST_MINOR = 40;

/** So many requests without a decision, and none with one in between, and the disk is full for good. */
const UNDECIDED_IN_A_ROW = 24;

Deno.test("a full disk ends with clean errors, takes nothing back, and goes on once there is room", async () => {
  console.log(`HOLDFAST_SEED=${SEED}`);
  await onSmallDisk(
    SMALL_MEGABYTES,
    (disk) => withServer((server) => fillAndEnlarge(server, disk), { folder: disk.folder }),
  );
});

async function fillAndEnlarge(server: RunningServer, disk: SmallDisk): Promise<void> {
  const random = new SeededRandom(SEED);
  const { url } = server;
  const log = new WatchedLog(await tokenOf(url, "auditor"));
  const traderToken = await tokenOf(url, "trader");
  const bettors = await Promise.all([newBettor(url), newBettor(url)]);
  const customers = Array.from(
    { length: CUSTOMERS },
    (_, one) =>
      new Customer(bettors[one % 2] ?? unreachable(), {
        name: `customer-${one}`,
        random: random.split(),
        legs: LEGS,
        mostMinor: MOST_MINOR,
      }),
  );
  const all = () => customers.flatMap((customer) => customer.remembered);

  await workUntilFull(url, customers);
  const answered = all().filter((one) => one.answer !== null);
  const open = all().filter((one) => one.answer === null);
  // What was taken is in the log, for which there still is room.
  await log.catchUp(url, answered);
  await assertStillUp(url, bettors);
  assertEquals(server.errors.length, 1, "the operator is told, once");
  assertMatch(server.errors[0] ?? "", /^The disk of .+ is full but for a reserve/);
  assertEquals(await server.stop(), 0);

  await disk.resize(LARGE_MEGABYTES);
  await server.start();
  log.assertHas(answered);
  await Promise.all(customers.map((customer) => customer.settle(url)));
  const happened = open.filter((one) => one.answer?.replayed).length;
  console.log(`${answered.length} answered, ${open.length} not, of which ${happened} had happened`);
  await log.catchUp(url, all());
  log.assertTells(all());
  await assertSameAgain(url, all());
  await assertBooksAgree(url, { bettors, traderToken, marketIds: MARKET_IDS, remembered: all() });
  await assertLogHolds(server.database);
  assertEquals(server.errors, []);
}

/** All customers work at once until nothing is decided any more, though they ask again and again. */
async function workUntilFull(url: string, customers: readonly Customer[]): Promise<void> {
  let undecided = 0;
  await Promise.all(customers.map((customer) =>
    customer.work({
      urls: [url],
      goOn: () => undecided < UNDECIDED_IN_A_ROW,
      heard: ([answer]) => {
        assert(answer, "the process stays up");
        undecided = decides(answer) ? 0 : undecided + 1;
      },
    })
  ));
}

/** With a full disk the process is alive, tells what it knows, and says cleanly what it cannot do. */
async function assertStillUp(url: string, bettors: readonly Bettor[]): Promise<void> {
  const health = await fetch(`${url}/healthz`);
  assertEquals([health.status, await health.json()], [200, { status: "ok" }]);
  for (const bettor of bettors) await accountOf(url, bettor);
  const session = await askForSession(url, "player");
  const { status } = session;
  assertClean({ status, text: await session.text(), replayed: false });
}

function unreachable(): never {
  throw new Error("there are two bettors");
}
