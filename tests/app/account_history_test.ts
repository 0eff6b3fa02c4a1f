import { assertEquals } from "@std/assert";
import {
  findBet,
  listBets,
  listStatement,
  type Page,
  pageOf,
} from "../../lib/app/account_history.ts";
import type { AccountEntry } from "../../lib/domain/entry.ts";
import type { LedgerStore } from "../../lib/ports/ledger_store.ts";
import { ALICE, BOB } from "../given.ts";
import { openBookmaker } from "./bookmaker.ts";
import { placedBets, soundChain } from "./invariants.ts";

/** More pages than any of these tests needs. */
const MOST_PAGES = 400;

/** A chain of 2 + 240 entries: placed and refused bets in turns. */
async function longHistory() {
  const bookmaker = await openBookmaker({ balanceMinor: 120 * 100 });
  for (let bet = 0; bet < 240; bet++) {
    await bookmaker.place({ requestId: `request-${bet}`, stakeMinor: bet % 2 === 0 ? 100 : 0 });
  }
  return { ledger: bookmaker.ledger, chain: await soundChain(bookmaker.ledger) };
}

/** All items, page by page; every page but the last is full. */
async function everything<Item>(
  limit: number,
  page: (before: number | null) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let before: number | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const { items: some, next }: Page<Item> = await page(before);
    items.push(...some);
    if (next === null) return items;
    assertEquals(some.length, limit, "a page with another behind it is full");
    before = next;
  }
  throw new Error("the pages do not end");
}

Deno.test("listBets() pages through all bets, newest first, none twice and none lost", async () => {
  const { ledger, chain } = await longHistory();
  const newestFirst = placedBets(chain).toReversed();
  assertEquals(newestFirst.length, 120);
  for (const limit of [1, 7, 50, 119, 120, 121, 1_000]) {
    const bets = await everything(limit, (before) => listBets(ledger, ALICE, { before, limit }));
    assertEquals(bets, newestFirst, `limit ${limit}`);
  }
});

Deno.test("listStatement() pages through what moved money, without refused bets", async () => {
  const { ledger, chain } = await longHistory();
  const moved = chain.filter(({ event }) => event.postings.length > 0).toReversed();
  assertEquals(moved.length, 121);
  for (const limit of [1, 11, 60, 121]) {
    const found = await everything(
      limit,
      (before) => listStatement(ledger, ALICE, { before, limit }),
    );
    assertEquals(found, moved, `limit ${limit}`);
  }
});

Deno.test("listBets() has no next page when nothing is behind its last bet", async () => {
  const { place, ledger } = await openBookmaker();
  await place({ requestId: "first" });
  await place({ requestId: "second" });
  assertEquals((await listBets(ledger, ALICE, { before: null, limit: 1 })).next, 4);
  // Behind the second bet stand the deposit and the opening, which are no bets.
  assertEquals((await listBets(ledger, ALICE, { before: null, limit: 2 })).next, null);
});

Deno.test("listBets() of an account without entries is one empty page", async () => {
  const { ledger } = await openBookmaker();
  const page = await listBets(ledger, BOB, { before: null, limit: 5 });
  assertEquals(page, { items: [], next: null });
});

Deno.test("pageOf() reads at most 2,000 entries, and then says where to go on", async () => {
  const reads: (number | null)[] = [];
  const endless: Pick<LedgerStore, "history"> = {
    history(_, { before, limit }) {
      reads.push(before);
      const newest = (before ?? 5_001) - 1;
      return Promise.resolve(
        Array.from({ length: limit }, (_, back) => ({ seq: newest - back }) as AccountEntry),
      );
    },
  };
  const asked = { before: null, limit: 10, pick: () => null };
  assertEquals(await pageOf(endless as LedgerStore, ALICE, asked), { items: [], next: 3_001 });
  assertEquals([reads.length, reads[0], reads[1]], [20, null, 4_901]);
});

Deno.test("findBet() finds an account's own bet, and null for everything else", async () => {
  const { place, ledger } = await openBookmaker();
  const answer = await place();
  await place({ requestId: "refused", stakeMinor: 0 });
  const id = "bet_alice00000000000_3";
  assertEquals(await findBet(ledger, ALICE, id), answer.kind === "placed" ? answer.bet : null);
  const others = ["bet_alice00000000000_2", "bet_alice00000000000_4", "bet_alice00000000000_5"];
  for (const other of [...others, "bet_bob0000000000000_3", "", "nonsense", `${id}\n`]) {
    assertEquals(await findBet(ledger, ALICE, other), null, other);
  }
  assertEquals(await findBet(ledger, BOB, id), null);
});
