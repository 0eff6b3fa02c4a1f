import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { BET, openSite } from "../routes/site.ts";
import { placedBetId, read, submit, textOf } from "./reading_pages.ts";

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
