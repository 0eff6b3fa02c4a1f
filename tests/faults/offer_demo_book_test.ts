import { assertEquals, assertRejects } from "@std/assert";
import { SQLITE_BACKEND } from "../../lib/adapters/deno_kv/kv_backend.ts";
import { KvBook } from "../../lib/adapters/deno_kv/kv_book.ts";
import { demoBook } from "../../lib/app/demo_book.ts";
import { offerDemoBook } from "../../lib/app/offer_demo_book.ts";
import { NOON_MS } from "../given.ts";
import { faulty, type KvFate } from "./faulty_kv.ts";

Deno.test("offerDemoBook() that was cut short anywhere is made whole by the next start", async () => {
  const markets = demoBook(NOON_MS).flatMap((offered) => offered.markets);
  for (let commits = 0; commits < markets.length; commits++) {
    const kv = await Deno.openKv(":memory:");
    try {
      const fates: KvFate[] = [...Array<KvFate>(commits).fill("commits"), "throwsBefore"];
      const cutShort = new KvBook(faulty(kv, fates), SQLITE_BACKEND);
      await assertRejects(() => offerDemoBook(cutShort, NOON_MS), TypeError);
      const book = new KvBook(kv, SQLITE_BACKEND);
      await offerDemoBook(book, NOON_MS);
      const offered = (await book.events()).flatMap((event) => event.markets);
      assertEquals(offered.length, markets.length, `cut short after ${commits} markets`);
    } finally {
      kv.close();
    }
  }
});
