import { assert, assertEquals } from "@std/assert";
import { authoriseHold, voidHold } from "../../lib/app/holds.ts";
import { placeBet } from "../../lib/app/place_bet.ts";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import type { Entry } from "../../lib/domain/entry.ts";
import { exposureChanges } from "../../lib/domain/exposure.ts";
import { ALICE, BOB, MATCH, NOON_MS, openedWith, sha256 } from "../given.ts";
import { putMarket } from "../market_entries.ts";
import { SeededRandom } from "../sim/seeded_random.ts";
import { FaultyCalls } from "./faulty_calls.ts";
import { AccountInProcess, openMarkets } from "./two_objects.ts";

const SEED = Number(Deno.env.get("HOLDFAST_SEED") ?? Math.floor(Math.random() * 2 ** 32));
const RUNS = 25;
const REQUESTS = 40;

/** So low that it is met in every run. */
const CAP_MINOR = 1_500;
const ON_HOME = { marketId: MATCH.id, selectionId: "home" };

Deno.test("whatever calls and objects meet, the cap holds, and in the end the liability is that of the bets", async () => {
  console.log(`HOLDFAST_SEED=${SEED}`);
  const random = new SeededRandom(SEED);
  for (let run = 0; run < RUNS; run++) await bettingUnderFaults(random.split());
});

async function bettingUnderFaults(random: SeededRandom): Promise<void> {
  const faults = new FaultyCalls(random);
  const accounts = new Map<string, AccountInProcess>();
  const markets = openMarkets((accountId) =>
    faults.through(() => present(accounts.get(accountId)))
  );
  for (const accountId of [ALICE, BOB]) {
    const account = new AccountInProcess(() => markets.calls, faults);
    accounts.set(accountId, account);
    const view = await account.ledger.view([asks(accountId)], { fresh: true });
    assertEquals(await account.ledger.commit(view, openedWith(accountId, 10_000)), "committed");
  }
  await putMarket(markets.ledger, {
    ...MATCH,
    selections: MATCH.selections.map((selection) => ({
      ...selection,
      liabilityCapMinor: CAP_MINOR,
    })),
  });

  const answers: Promise<unknown>[] = [];
  const kept = () => keptMinor(accounts.values());
  const requests = Array.from({ length: REQUESTS }, async (_, index) => {
    for (let turns = random.between(0, 60); turns > 0; turns--) await turn();
    const accountId = random.between(0, 1) === 0 ? ALICE : BOB;
    const account = present(accounts.get(accountId));
    if (random.between(1, 100) <= 8) account.crash();
    if (random.between(1, 100) <= 20) await markets.keeper.askAccounts();
    // A caller of an object that has ended hears nothing more, and one may hear that markets are away.
    const answer = ask(account, accountId, `${index}`, random).catch(() => {});
    answers.push(answer);
    await Promise.race([answer, turns(200)]);
    assert(await kept() <= CAP_MINOR, "more was sold than the cap");
  });
  await Promise.all(requests);

  faults.healed = true;
  await Promise.all(answers);
  await faults.settle();
  for (const account of accounts.values()) await account.ledger.payReleases();
  await markets.keeper.askAccounts();
  assertEquals(markets.liabilities.on(MATCH.id, ON_HOME.selectionId), await kept());
  assert(await kept() > 0, "nothing was sold");
}

/** One request: mostly a bet, at times a hold or the end of one. */
async function ask(
  account: AccountInProcess,
  accountId: string,
  requestId: string,
  random: SeededRandom,
): Promise<void> {
  const ports = { committer: account.committer, sha256 };
  const asking = { accountId, requestId, actor: `player:${accountId}`, atMs: NOON_MS };
  const holdId = (await account.ledger.newest(accountId))?.state.hold?.id;
  const kind = random.between(1, 10);
  if (holdId !== undefined && kind <= 5) {
    await voidHold(ports, { ...asking, holdId });
    return;
  }
  const legs = [{ ...ON_HOME, price: { num: 5, den: 2 } }];
  const stakeMinor = random.between(1, 120);
  const backing = { ...asking, legs, stakeMinor, priceChange: "none" } as const;
  if (kind <= 3) await authoriseHold(ports, DEFAULT_POLICY, backing);
  else await placeBet(ports, DEFAULT_POLICY, backing);
}

/** The liability of everything that the accounts have stored. */
async function keptMinor(accounts: Iterable<AccountInProcess>): Promise<number> {
  let minor = 0;
  for (const account of accounts) {
    for (const accountId of [ALICE, BOB]) {
      const chain = await account.ledger.history(accountId, { before: null, limit: 1_000 });
      minor += chain.flatMap(changesOf).reduce((sum, change) => sum + change.byMinor, 0);
    }
  }
  return minor;
}

function changesOf(entry: Entry) {
  return "accountId" in entry ? exposureChanges(entry.event) : [];
}

function asks(accountId: string) {
  return { accountId, requestId: null, marketIds: [], selections: [], holdId: null };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

async function turns(count: number): Promise<void> {
  for (let done = 0; done < count; done++) await turn();
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("it is not there");
  return value;
}
