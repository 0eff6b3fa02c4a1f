import { assertEquals } from "@std/assert";
import { EMPTY_HEAD } from "../../lib/audit/chain.ts";
import { LogVerifier } from "../../lib/audit/verify.ts";
import { fromHex } from "../../lib/audit/verify_page.ts";
import { eventually } from "../browser/eventually.ts";
import { type RunningServer, withServer } from "../browser/running_server.ts";
import { sha256 } from "../given.ts";
import { type Bettor, newBettor, tokenOf } from "../process/bettor.ts";
import { assertBooksAgree } from "../process/books.ts";
import { Customer } from "../process/customer.ts";
import { LEGS, MARKET_IDS } from "../process/legs.ts";
import { assertSameAgain, type Remembered } from "../process/remembered.ts";
import { WatchedLog } from "../process/watched_log.ts";
import { workUntilKilled } from "../process/work_until_killed.ts";
import { SeededRandom } from "../sim/seeded_random.ts";

/** `deno task test:long` asks for fifty. */
const ROUNDS = Number(Deno.env.get("HOLDFAST_ROUNDS") ?? 2);
const SEED = Number(Deno.env.get("HOLDFAST_SEED") ?? Math.floor(Math.random() * 2 ** 32));

const ACCOUNTS = 4;
const CUSTOMERS_AN_ACCOUNT = 3;
/** So small that no account is empty before the last round. */
const MOST_MINOR = 40;

/** A kill comes after so many answers of its round at most, and up to so much later. */
const ANSWERS_A_ROUND = 400;
const LATER_MS = 6;

/** What a crash cut off is made good by alarms: ten seconds after it was begun, on a busy machine. */
const HEALED_WITHIN_MS = 45_000;

const ROUND_MS = 90_000;

Deno.test(`kill -9 of workerd under load, ${ROUNDS} rounds: no bet is lost or doubled, and all heals`, async () => {
  console.log(`HOLDFAST_SEED=${SEED}`);
  await withServer(killAndKill, { home: "workerd", workMs: (ROUNDS + 1) * ROUND_MS });
});

async function killAndKill(server: RunningServer): Promise<void> {
  const random = new SeededRandom(SEED);
  const { url } = server;
  const auditorToken = await tokenOf(url, "auditor");
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
    const open = all().filter((one) => one.answer === null);

    await server.start();
    await Promise.all(customers.map((customer) => customer.settle(url)));
    await assertHealed(url, { bettors, auditorToken, traderToken, remembered: all() });
    await assertSameAgain(url, all().filter((one) => !before.has(one)));
    const happened = open.filter((one) => one.answer?.replayed).length;
    console.log(
      `round ${round} of ${ROUNDS}: ${all().length - before.size - open.length} answered, ` +
        `${open.length} cut off, of which ${happened} had happened`,
    );
  }
  await assertSameAgain(url, all());
}

/** Sooner or later the log tells all that was answered, and every liability is that of the open bets. */
async function assertHealed(
  url: string,
  known: {
    readonly bettors: readonly Bettor[];
    readonly auditorToken: string;
    readonly traderToken: string;
    readonly remembered: readonly Remembered[];
  },
): Promise<void> {
  const { auditorToken, remembered } = known;
  let wrong: unknown = null;
  const heals = async () => {
    try {
      const log = new WatchedLog(auditorToken);
      await log.readOn(url);
      log.assertTells(remembered);
      await assertBooksAgree(url, { ...known, marketIds: MARKET_IDS });
      return true;
    } catch (error) {
      wrong = error;
      return null;
    }
  };
  await eventually(heals, { withinMs: HEALED_WITHIN_MS, what: "what was cut off heals" })
    .catch(() => {
      throw wrong;
    });
  await assertChainHolds(url, auditorToken);
}

/** The whole log, checked as anybody could: numbers without gaps, and each hash over the one before. */
async function assertChainHolds(url: string, token: string): Promise<void> {
  const verifier = new LogVerifier(sha256, EMPTY_HEAD);
  const headers = { authorization: `Bearer ${token}` };
  for (let after = 0;; after = verifier.head.size) {
    const response = await fetch(`${url}/api/audit/records?after=${after}&limit=500`, { headers });
    const { records } = await response.json() as {
      readonly records: readonly {
        readonly seq: number;
        readonly entry: string;
        readonly hash: string;
        readonly previousHash: string;
      }[];
    };
    if (records.length === 0) break;
    for (const { seq, entry, hash, previousHash } of records) {
      const checked = verifier.next({
        seq,
        bytes: new TextEncoder().encode(entry),
        hash: fromHex(hash) ?? new Uint8Array(),
        hashBefore: fromHex(previousHash) ?? new Uint8Array(),
      });
      assertEquals("flaw" in checked ? checked.flaw : null, null);
    }
  }
}
