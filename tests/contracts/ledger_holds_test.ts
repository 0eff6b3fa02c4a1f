import { assertEquals } from "@std/assert";
import type { AccountEntry } from "../../lib/domain/entry.ts";
import { selectionKey } from "../../lib/domain/exposure.ts";
import type { HoldStatus } from "../../lib/domain/hold.ts";
import { asks } from "../app/bookmaker.ts";
import { aBet, ALICE, BOB, entryAfter, MATCH, NOON_MS, openedWith } from "../given.ts";
import {
  authorised,
  confirmed,
  expired,
  fateAfter,
  HOLD_MS,
  holdOf,
  voided,
} from "./hold_entries.ts";
import { DERBY, type Home, HOMES } from "./homes.ts";
import { OFFERED } from "../market_entries.ts";
import { newestOf } from "./committing.ts";

const ON_HOME = { marketId: "match", selectionId: "home" };

/** What each hold of these tests adds to the liability on "home". */
const LIABILITY_MINOR = 150;

const ENDS: readonly [HoldStatus, (newest: AccountEntry) => AccountEntry, number][] = [
  ["posted", (newest) => confirmed(newest), LIABILITY_MINOR],
  ["voided", (newest) => voided(newest), 0],
  ["expired", (newest) => expired(newest), 0],
];

for (const [name, open] of Object.entries(HOMES)) {
  const rule = (text: string, check: (home: Home) => Promise<void>) =>
    Deno.test(`LedgerStore on ${name}: ${text}`, async () => {
      const home = await open();
      try {
        await home.put(MATCH);
        await home.book.offer(DERBY);
        await check(home);
      } finally {
        await home.close();
      }
    });

  rule("view() brings the market and liability of the account's own hold along", async (home) => {
    const hold = await held(home, ALICE);
    for (const fresh of [false, true]) {
      const view = await home.ledger.view([asks()], { fresh });
      assertEquals(view.newest.get(ALICE)?.state.hold, holdOf(hold));
      assertEquals(view.markets.get("match"), newestOf(OFFERED));
      assertEquals(view.exposures.get(selectionKey(ON_HOME)), LIABILITY_MINOR);
    }
  });

  rule(
    "commit() answers conflict when the market of the account's own hold has changed",
    async (home) => {
      const hold = await held(home, ALICE);
      const view = await home.ledger.view([asks({ holdId: holdOf(hold).id })], { fresh: false });
      await home.put({ ...MATCH, version: 8, status: "suspended" });
      assertEquals(await home.ledger.commit(view, [confirmed(hold)]), "conflict");
      assertEquals((await home.ledger.newest(ALICE))?.seq, 3);
    },
  );

  for (const [status, end, liabilityMinor] of ENDS) {
    rule(`a hold that is ${status} is seen as such, with its liability, at once`, async (home) => {
      const { ledger } = home;
      const hold = await held(home, ALICE);
      const query = asks({ holdId: holdOf(hold).id, selections: [ON_HOME] });
      const before = await ledger.view([query], { fresh: false });
      assertEquals([...before.holds.values()], [fateAfter(hold)]);
      assertEquals([...before.exposures.values()], [LIABILITY_MINOR]);

      const last = end(hold);
      await commit(home, [last]);
      await home.checkpoint();
      for (const fresh of [false, true]) {
        const after = await ledger.view([query], { fresh });
        assertEquals(after.holds.get(holdOf(hold).id), fateAfter(last));
        assertEquals(after.holds.get(holdOf(hold).id)?.status, status);
        assertEquals(after.exposures.get(selectionKey(ON_HOME)), liabilityMinor);
        assertEquals(after.newest.get(ALICE)?.state.hold, null);
      }
      assertEquals(await ledger.exposures([ON_HOME]), [liabilityMinor]);
      assertEquals(await ledger.deadHolds({ atMs: NOON_MS + HOLD_MS, limit: 5 }), []);
    });
  }

  rule(
    "exposures() counts the bets and holds of all accounts, each selection by itself",
    async (home) => {
      await held(home, ALICE);
      const bob = await held(home, BOB);
      const onAway = { marketId: "match", selectionId: "away" };
      const legs = [{ ...onAway, price: { num: 21, den: 11 } }];
      await commit(home, [entryAfter(voided(bob), aBet({ legs }), { requestId: "bet" })], [
        voided(bob),
      ]);
      assertEquals(await home.ledger.exposures([onAway, ON_HOME, onAway]), [
        90,
        LIABILITY_MINOR,
        90,
      ]);
      assertEquals(await home.ledger.exposures([]), []);
    },
  );

  rule("view() leaves another account's hold out", async (home) => {
    const bobs = await held(home, BOB);
    for (const fresh of [false, true]) {
      const view = await home.ledger.view([asks({ holdId: holdOf(bobs).id })], { fresh });
      assertEquals([...view.holds], []);
    }
    await home.checkpoint();
    const view = await home.ledger.view([asks({ holdId: holdOf(bobs).id })], { fresh: true });
    assertEquals([...view.holds], []);
  });

  rule(
    "deadHolds() names pending holds from exactly their time on, longest dead first",
    async (home) => {
      const { ledger } = home;
      const names = [1, 2, 3, 4].map((number) => `acc_${number}000000000000000`);
      const lives = [400, 100, 300, 200];
      const holds: AccountEntry[] = [];
      for (const [index, accountId] of names.entries()) {
        if (index === 2) await home.checkpoint();
        holds.push(await held(home, accountId, lives[index]));
      }
      const dead = async (afterMs: number, limit = 10) => {
        const found = await ledger.deadHolds({ atMs: NOON_MS + afterMs, limit });
        return found.map(({ accountId, holdId }) =>
          lives[
            holds.findIndex((hold) => hold.accountId === accountId && holdOf(hold).id === holdId)
          ]
        );
      };
      for (const when of ["before", "after"]) {
        if (when === "after") await home.checkpoint();
        assertEquals(await dead(99), []);
        assertEquals(await dead(100), [100]);
        assertEquals(await dead(300), [100, 200, 300]);
        assertEquals(await dead(1_000), [100, 200, 300, 400]);
        assertEquals(await dead(1_000, 2), [100, 200]);
      }
      await commit(home, [expired(holds[1]!)]);
      await commit(home, [voided(holds[3]!)]);
      // Those that have ended do not use up the limit, however few the rows know of it.
      assertEquals(await dead(1_000, 1), [300]);
      await home.checkpoint();
      assertEquals(await dead(1_000), [300, 400]);
    },
  );
}

/** An account with money and one hold; answers the entry that authorised it. */
async function held(home: Home, accountId: string, holdMs = HOLD_MS): Promise<AccountEntry> {
  const chain = openedWith(accountId, 1_000);
  const hold = authorised(chain[1], { holdMs });
  await commit(home, [hold], chain);
  return hold;
}

/** Commits one entry, together with those of its account that come before it. */
async function commit(
  { ledger }: Home,
  [entry]: readonly [AccountEntry],
  before: readonly AccountEntry[] = [],
): Promise<void> {
  const requestId = entry.answers?.requestId ?? null;
  const view = await ledger.view([asks({ accountId: entry.accountId, requestId })], {
    fresh: true,
  });
  assertEquals(await ledger.commit(view, [...before, entry]), "committed");
}
