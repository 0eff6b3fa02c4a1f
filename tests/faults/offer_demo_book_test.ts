import { assertEquals, assertRejects } from "@std/assert";
import { demoBook } from "../../lib/app/demo_book.ts";
import { offerDemoBook } from "../../lib/app/offer_demo_book.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import { NOON_MS, noWait } from "../given.ts";
import { faulty, type KvFate } from "./faulty_kv.ts";
import { partsOn } from "./kv_home.ts";
import { withReports } from "./reports.ts";

/** Ends every attempt of one commit, and so what was to be committed. */
const GIVEN_UP: readonly KvFate[] = ["locked", "throwsBefore"];

Deno.test("offerDemoBook() that was cut short anywhere is made whole by the next start", async () => {
  const book = demoBook(NOON_MS);
  const markets = book.flatMap((offered) => offered.markets);
  for (const fate of GIVEN_UP) {
    for (let commits = 0; commits < book.length; commits++) {
      const kv = await Deno.openKv(":memory:");
      try {
        const coming: KvFate[] = [...Array<KvFate>(commits).fill("commits"), fate];
        const options = { backoff: noWait, policy: { commitAttempts: 1 } };
        const cutShort = partsOn(faulty(kv, coming), options).services;
        await withReports(async () => {
          await assertRejects(() => offerDemoBook(cutShort, NOON_MS), Error, "could not take");
        });
        const { services, ledger } = partsOn(kv, { backoff: noWait });
        for (const start of ["next", "one after it"]) {
          await offerDemoBook(services, NOON_MS);
          const offered = (await services.events()).flatMap((event) => event.markets);
          assertEquals(
            byId(offered),
            byId(markets),
            `the ${start}, cut short after ${commits} commits`,
          );
          assertEquals(await ledger.size(), markets.length, "each was opened once");
        }
      } finally {
        kv.close();
      }
    }
  }
});

function byId(markets: readonly MarketState[]): readonly MarketState[] {
  return markets.toSorted((a, b) => a.id < b.id ? -1 : 1);
}
