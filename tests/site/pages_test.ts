import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { bearer, BET, openSite, ORIGIN, type Site } from "../routes/site.ts";

/** A page's status and HTML, for a visitor or for the owner of a token. */
async function read(site: Site, path: string, token?: string): Promise<[number, string]> {
  const response = await site.fetch(path, { headers: token ? bearer(token) : {} });
  return [response.status, await response.text()];
}

/** Submits a form of the site as a browser without JavaScript does. */
function submit(site: Site, path: string, fields: Record<string, string>, cookie = "") {
  const headers = new Headers({ origin: ORIGIN, "sec-fetch-site": "same-origin" });
  if (cookie) headers.set("cookie", cookie);
  return site.fetch(path, { method: "POST", body: new URLSearchParams(fields), headers });
}

async function placedBetId(site: Site, token: string): Promise<string> {
  const response = await site.bet({ token });
  const { bet } = await response.json();
  return bet.id;
}

/** The text of a page, as it is read: without tags, scripts and entities. */
function textOf(html: string): string {
  return html
    .replaceAll(/<script[\s\S]*?<\/script>/g, "")
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

Deno.test("every page has one heading, one main part, a title, and nothing inline", async () => {
  const site = openSite();
  const player = await site.signIn("player");
  const betId = await placedBetId(site, player);
  await site.drain();
  const auditor = await site.signIn("auditor");
  const trader = await site.signIn("trader");
  const paths = [
    "/",
    "/?q=nothing",
    "/events/derby",
    "/bets",
    "/account",
    "/audit",
    "/demo",
    "/trading",
    "/nowhere",
  ];
  for (const token of [undefined, player, auditor, trader]) {
    for (const path of token === player ? [...paths, `/bets/${betId}`] : paths) {
      const [status, html] = await read(site, path, token);
      assertEquals(status, path === "/nowhere" ? 404 : 200, path);
      assertEquals(html.match(/<h1[ >]/g)?.length, 1, path);
      assertEquals(html.match(/<main[ >]/g)?.length, 1, path);
      assertMatch(html, /<title>[^<]+ · Holdfast<\/title>/, path);
      assertMatch(html, /<html lang="en-GB"/, path);
      assertStringIncludes(html, "Play money. Nothing here is a real bet.", path);
      // The policy forbids them, so they would be dead weight at best.
      assertEquals(html.match(/ style="| on[a-z]+="|<style|href="javascript:/g), null, path);
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      assertEquals(ids.length, new Set(ids).size, `${path} has an id twice`);
    }
  }
});

Deno.test("/ names every price by its selection, and a suspended one as such", async () => {
  const site = openSite();
  const [, open] = await read(site, "/");
  assertMatch(textOf(open), /Home v Away.*Home 2\.50.*Away 1\.91/);
  assertEquals(open.includes("disabled"), false);
  site.change({ status: "suspended" });
  const [, suspended] = await read(site, "/");
  assertMatch(textOf(suspended), /Home 2\.50 Suspended/);
  assertEquals(suspended.match(/<button[^>]*class="price"[^>]* disabled/g)?.length, 2);
});

Deno.test("/ says why a search found nothing, and what to do; what was typed stays text", async () => {
  const site = openSite();
  const [, found] = await read(site, "/?q=AWAY");
  assertStringIncludes(found, 'href="/events/derby"');
  const [, nothing] = await read(site, "/?q=%3Cb%3Ezebra");
  assertStringIncludes(textOf(nothing), "No event matches “&lt;b>zebra”.");
  assertEquals(nothing.includes("<b>"), false);
});

Deno.test("/account keeps the choice of a price format in a cookie, and every page follows it", async () => {
  const site = openSite();
  const response = await submit(site, "/account", { format: "fractional" });
  assertEquals(response.status, 303);
  const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
  const lobby = await site.fetch("/", { headers: { cookie } });
  assertMatch(textOf(await lobby.text()), /Home 3\/2.*Away 10\/11/);
  assertEquals((await submit(site, "/account", { format: "roman" })).status, 400);
});

Deno.test("/demo starts a session by a form, and a changed role keeps the account", async () => {
  const site = openSite();
  const started = await submit(site, "/demo", { role: "player" });
  assertEquals([started.status, started.headers.get("location")], [303, "/"]);
  const player = started.headers.get("set-cookie")?.split(";")[0] ?? "";
  const accountOf = async (cookie: string) => {
    const response = await site.fetch("/api/account", { headers: { cookie } });
    return (await response.json()).id;
  };
  const accountId = await accountOf(player);

  const changed = await submit(site, "/demo", { role: "auditor" }, player);
  assertEquals([changed.status, changed.headers.get("location")], [303, "/audit"]);
  const auditor = changed.headers.get("set-cookie")?.split(";")[0] ?? "";
  assertEquals(await accountOf(auditor), accountId);
  assertEquals((await site.fetch("/api/account", { headers: { cookie: player } })).status, 401);
  assertEquals((await submit(site, "/demo", { role: "owner" }, auditor)).status, 400);
});

Deno.test("/demo is not there outside the demo, and no page offers it", async () => {
  const site = openSite({ demo: false });
  assertEquals((await read(site, "/demo"))[0], 404);
  assertEquals((await submit(site, "/demo", { role: "player" })).status, 404);
  for (const path of ["/", "/account", "/audit"]) {
    const [, html] = await read(site, path);
    assertEquals(/action="\/demo"|Play money/.test(html), false, path);
  }
});

Deno.test("/bets shows the bet with its request id, and the statement with its balance", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  const [, before] = await read(site, "/bets", token);
  assertStringIncludes(textOf(before), "You have no open bets.");
  const betId = await placedBetId(site, token);
  const [, html] = await read(site, "/bets", token);
  const text = textOf(html);
  assertStringIncludes(html, `href="/bets/${betId}"`);
  assertMatch(text, /Home2\.50.*Match result · Home v Away.*£1\.00.*£2\.50.*key-1/);
  assertMatch(text, /Stake on Home.*−£1\.00£999\.00.*Play money.*\+£1,000\.00£1,000\.00/);
});

Deno.test("/bets/:id shows the bet's record once the log has it, and nobody else's bet", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  const betId = await placedBetId(site, token);
  const [, early] = await read(site, `/bets/${betId}`, token);
  assertStringIncludes(textOf(early), "on its way to the log");
  await site.drain();
  const [, html] = await read(site, `/bets/${betId}`, token);
  assertStringIncludes(textOf(html), "This bet is record 4 of the log.");
  for (const stranger of [undefined, await site.signIn("player"), await site.signIn("auditor")]) {
    assertEquals((await read(site, `/bets/${betId}`, stranger))[0], 404);
  }
});

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

Deno.test("/bets leaves a hold out of the statement, and /account shows what is held", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  await site.post("/api/holds", { token, body: BET });
  const [, bets] = await read(site, "/bets", token);
  assertEquals(textOf(bets).includes("Stake"), false);
  const [, account] = await read(site, "/account", token);
  assertMatch(textOf(account), /Available to bet£999\.00.*Balance£1,000\.00.*Held[^£]*£1\.00/);
  site.pass(site.services.policy.holdMs);
  const [, later] = await read(site, "/account", token);
  assertMatch(textOf(later), /Available to bet£1,000\.00.*Held[^£]*£0\.00/);
  await site.services.sweepHolds();
  await site.drain();
  const [, audit] = await read(site, "/audit", token);
  assertMatch(textOf(audit), /Hold ran out.*Stake held/);
});

Deno.test("an error page has no script, and says what it means for one's money", async () => {
  const site = openSite();
  const [status, html] = await read(site, "/events/nothing");
  assertEquals(status, 404);
  assertStringIncludes(textOf(html), "There is no such page");
  assertEquals(html.includes("fresh-island"), false);
});
