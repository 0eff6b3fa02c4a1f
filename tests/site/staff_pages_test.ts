import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { bearer, openSite } from "../routes/site.ts";
import { placedBetId, read, submit, textOf } from "./reading_pages.ts";

Deno.test("/audit shows auditors all records, players their own, and visitors how to see them", async () => {
  const site = openSite();
  const player = await site.signIn("player");
  await placedBetId(site, player);
  const other = await site.signIn("player");
  await site.drain();
  const auditor = await site.signIn("auditor");
  const recordsOn = (html: string) => html.match(/<summary>/g)?.length ?? 0;

  const [, all] = await read(site, "/audit", auditor);
  assertEquals(recordsOn(all), 5);
  assertStringIncludes(textOf(all), "5 records, newest 0.0 s ago.");
  assertEquals(recordsOn((await read(site, "/audit", player))[1]), 3);
  assertEquals(recordsOn((await read(site, "/audit", other))[1]), 2);
  assertEquals(recordsOn((await read(site, "/audit"))[1]), 0);

  const { id } = await (await site.fetch("/api/account", { headers: bearer(other) })).json();
  assertEquals(recordsOn((await read(site, `/audit?account=${id}`, auditor))[1]), 2);
  assertEquals(recordsOn((await read(site, `/audit?account=${id}`, player))[1]), 3);
  const [, older] = await read(site, "/audit?before=3", auditor);
  assertEquals(recordsOn(older), 2);
  assert(older.includes("Newest records"));
});

Deno.test("/trading shows a trader each exposure against its cap, worst first, and nobody else", async () => {
  const site = openSite();
  const player = await site.signIn("player");
  await placedBetId(site, player);
  const [, html] = await read(site, "/trading", await site.signIn("trader"));
  assertMatch(
    textOf(html),
    /Home v Away.*Worst case £1\.50.*Home 2\.50.*£1\.50 of £1,000,000\.00.*Away 1\.91.*£0\.00 of/,
  );
  assertMatch(html, /<meter[^>]* max="100000000"[^>]* value="150"/);
  for (const token of [undefined, player, await site.signIn("auditor")]) {
    const [status, shut] = await read(site, "/trading", token);
    assertEquals(status, 200);
    assertStringIncludes(textOf(shut), "The desk is for traders.");
    assertEquals(/<meter|name="cap"|1,000,000/.test(shut), false);
  }
});

Deno.test("/trading sets a cap by a form, and says what is wrong with one beside it", async () => {
  const site = openSite();
  const trader = `__Host-holdfast=${await site.signIn("trader")}`;
  const capOf = async () => (await site.services.market("match"))?.selections[0]?.liabilityCapMinor;
  const asked = { market: "match", selection: "home" };
  const set = await submit(site, "/trading", { ...asked, cap: "£1,234.50" }, trader);
  assertEquals(set.status, 303);
  assertEquals(await capOf(), 123_450);
  const location = set.headers.get("location") ?? "";
  const after = await (await site.fetch(location, { headers: { cookie: trader } })).text();
  assertMatch(textOf(after), /Home 2\.50.*£0\.00 of £1,234\.50.*The cap is set/);

  const wrong = await submit(site, "/trading", { ...asked, cap: "<b>lots" }, trader);
  assertEquals(wrong.status, 422);
  const html = await wrong.text();
  assertStringIncludes(textOf(html), "Enter an amount in pounds, like 5000.00.");
  assertStringIncludes(html, 'value="&lt;b>lots"');
  assertEquals(await capOf(), 123_450);

  assertEquals((await submit(site, "/trading", { ...asked, cap: "0" }, trader)).status, 303);
  assertEquals(await capOf(), 0);
  assertEquals(
    (await submit(site, "/trading", { ...asked, selection: "x", cap: "1" }, trader)).status,
    404,
  );
  assertEquals((await submit(site, "/trading", asked, trader)).status, 400);
  const player = `__Host-holdfast=${await site.signIn("player")}`;
  assertEquals((await submit(site, "/trading", { ...asked, cap: "1" }, player)).status, 403);
  const elsewhere = await site.fetch("/trading", {
    method: "POST",
    headers: { cookie: trader, origin: "https://evil.example" },
    body: new URLSearchParams({ ...asked, cap: "7" }),
  });
  assertEquals(elsewhere.status, 403);
  assertEquals(await capOf(), 0);
});
