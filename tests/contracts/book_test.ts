import { assertEquals } from "@std/assert";
import { MATCH, NOON_MS } from "../given.ts";
import { DERBY, type Home, HOMES } from "./homes.ts";

for (const [name, open] of Object.entries(HOMES)) {
  const rule = (text: string, check: (home: Home) => Promise<void>) =>
    Deno.test(`Book on ${name}: ${text}`, async () => {
      const home = await open();
      try {
        await home.put(MATCH);
        await home.book.offer(DERBY);
        await check(home);
      } finally {
        await home.close();
      }
    });

  rule("event() and market() show what is offered, and nothing else", async ({ book }) => {
    assertEquals(await book.event("derby"), { event: DERBY, markets: [MATCH] });
    assertEquals(await book.market("match"), MATCH);
    assertEquals([await book.event("nope"), await book.market("nope")], [null, null]);
  });

  rule("what is shown of a market is as the journal's end says", async ({ book, ...home }) => {
    await book.events();
    await home.put({ ...MATCH, status: "suspended" });
    const market = { ...MATCH, version: 2, status: "suspended" } as const;
    for (const when of ["before a checkpoint", "after one"]) {
      if (when === "after one") await home.checkpoint();
      assertEquals(await book.market("match"), market, when);
      assertEquals((await book.event("derby"))?.markets, [market], when);
      assertEquals((await book.events()).map(({ markets }) => markets), [[market]], when);
    }
  });

  rule("offer() puts another event in an event's place, and leaves its markets", async (home) => {
    const { book, put } = home;
    await put({ ...MATCH, id: "corners" });
    const event = { ...DERBY, name: "Renamed", marketIds: ["corners", "match", "not there yet"] };
    for (const _ of [1, 2]) await book.offer(event);
    const markets = [{ ...MATCH, id: "corners" }, MATCH];
    assertEquals(await book.events(), [{ event, markets }]);
  });

  rule("events() tells the earliest start first", async ({ book }) => {
    await book.offer({ ...DERBY, id: "later", startsAtMs: NOON_MS + 1, marketIds: [] });
    await book.offer({ ...DERBY, id: "a derby", marketIds: [] });
    const ids = (await book.events()).map(({ event }) => event.id);
    assertEquals(ids, ["a derby", "derby", "later"]);
  });
}
