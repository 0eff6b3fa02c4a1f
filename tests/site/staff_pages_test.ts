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
  assertEquals(recordsOn(all), 6);
  assertStringIncludes(textOf(all), "6 records, newest 0.0 s ago.");
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
  let forms = 0;
  // Each form of a page has an id of its own.
  const send = (form: Record<string, string>, cookie = trader) =>
    submit(site, "/trading", { market: "match", request: `form${++forms}`, ...form }, cookie);
  const asked = { selection: "home" };
  const set = await send({ ...asked, cap: "£1,234.50" });
  assertEquals(set.status, 303);
  assertEquals(await capOf(), 123_450);
  const location = set.headers.get("location") ?? "";
  const after = await (await site.fetch(location, { headers: { cookie: trader } })).text();
  assertMatch(textOf(after), /Home 2\.50.*£0\.00 of £1,234\.50.*The cap is set/);

  const wrong = await send({ ...asked, cap: "<b>lots" });
  assertEquals(wrong.status, 422);
  const html = await wrong.text();
  assertStringIncludes(textOf(html), "Enter an amount in pounds, like 5000.00.");
  assertStringIncludes(html, 'value="&lt;b>lots"');
  assertEquals(await capOf(), 123_450);

  assertEquals((await send({ ...asked, cap: "0" })).status, 303);
  assertEquals(await capOf(), 0);
  assertEquals(
    (await send({ selection: "x", cap: "1" })).status,
    404,
  );
  assertEquals((await send(asked)).status, 400);
  const player = `__Host-holdfast=${await site.signIn("player")}`;
  assertEquals((await send({ ...asked, cap: "1" }, player)).status, 403);
  const elsewhere = await site.fetch("/trading", {
    method: "POST",
    headers: { cookie: trader, origin: "https://evil.example" },
    body: new URLSearchParams({ market: "match", request: "evil", ...asked, cap: "7" }),
  });
  assertEquals(elsewhere.status, 403);
  assertEquals(await capOf(), 0);
});

Deno.test("/trading suspends and resumes a market by a form, once however often it is sent", async () => {
  const site = openSite();
  const trader = `__Host-holdfast=${await site.signIn("trader")}`;
  const market = async () => (await site.services.market("match"));
  const page = await (await site.fetch("/trading", { headers: { cookie: trader } })).text();
  const request = page.match(/name="request" value="([0-9a-z]+)"/)?.[1] ?? "";
  assertMatch(page, /name="do" value="suspend"/);
  const suspend = { market: "match", request, do: "suspend", reason: " a goal, <or not> " };
  for (const _ of [1, 2]) {
    const sent = await submit(site, "/trading", suspend, trader);
    assertEquals(sent.status, 303);
    const after = await (await site.fetch(sent.headers.get("location") ?? "", {
      headers: { cookie: trader },
    })).text();
    assertMatch(textOf(after), /Suspended.*The market is suspended\. No bet is taken\./);
    assertMatch(after, /name="do" value="resume"/);
    assertEquals([(await market())?.status, (await market())?.version], ["suspended", 2]);
  }
  const other = await submit(site, "/trading", { ...suspend, do: "resume" }, trader);
  assertEquals(other.status, 422);
  assertMatch(textOf(await other.text()), /This page had sent something else before/);
  const long = { ...suspend, request: "long", reason: "x".repeat(201) };
  assertMatch(textOf(await (await submit(site, "/trading", long, trader)).text()), /at most 200/);
  await submit(site, "/trading", { ...suspend, request: "next", do: "resume", reason: "" }, trader);
  assertEquals([(await market())?.status, (await market())?.version], ["open", 3]);

  await site.drain();
  const [status, html] = await read(site, "/audit?market=match", await site.signIn("auditor"));
  assertEquals(status, 200);
  assertMatch(textOf(html), /Market resumed.*match.*its entry 3.*Market suspended.*Market opened/);
  assertStringIncludes(html, "a goal, &lt;or not>");
});
