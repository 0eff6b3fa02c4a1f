import { assertEquals } from "@std/assert";
import { isAccountId } from "../../lib/domain/ids.ts";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { BET, openSite, type Site } from "./site.ts";

const { replayMs, demoGrantMinor, holdMs } = DEFAULT_POLICY;

/** A response as a program compares it: status, bytes, and whether it says that it is a repetition. */
async function told(response: Response) {
  const replayed = response.headers.get("idempotency-replayed");
  return { status: response.status, text: await response.text(), replayed };
}

async function effects(site: Site): Promise<number> {
  const accountId = [...site.database.chains.keys()].find(isAccountId) ?? "";
  return await Promise.resolve(site.database.chains.get(accountId)?.length ?? 0);
}

Deno.test("a repeated request is told the same bytes up to 24 hours after, accepted or refused", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  const refused = { ...BET, stakeMinor: 0 };
  const first = await told(await site.bet({ token, key: "a" }));
  const no = await told(await site.bet({ token, key: "b", body: refused }));
  await site.bet({ token, key: "c" });
  const entries = await effects(site);
  site.pass(replayMs - 1);
  assertEquals(await told(await site.bet({ token, key: "a" })), { ...first, replayed: "true" });
  const again = await told(await site.bet({ token, key: "b", body: refused }));
  assertEquals(again, { ...no, replayed: "true" });
  assertEquals(await effects(site), entries);
});

Deno.test("from 24 hours on it is told the bet and the account as they are, and a refusal stays", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  const refused = { ...BET, stakeMinor: 0 };
  const first = await told(await site.bet({ token, key: "a" }));
  const no = await told(await site.bet({ token, key: "b", body: refused }));
  await site.bet({ token, key: "c" });
  const entries = await effects(site);
  for (const ms of [replayMs, 20 * replayMs]) {
    site.pass(ms);
    const late = await told(await site.bet({ token, key: "a" }));
    assertEquals([late.status, late.replayed], [200, "true"]);
    const { bet, account } = JSON.parse(late.text);
    assertEquals(bet, JSON.parse(first.text).bet);
    assertEquals(account.availableMinor, demoGrantMinor - 200);
    const again = await told(await site.bet({ token, key: "b", body: refused }));
    assertEquals(again, { ...no, replayed: "true" });
  }
  const other = await site.bet({ token, key: "a", body: { ...BET, stakeMinor: 7 } });
  assertEquals(other.status, 422);
  assertEquals(await effects(site), entries, "there is never a second effect");
});

Deno.test("a clock that jumped back makes no answer late", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  const first = await told(await site.bet({ token }));
  site.pass(-10 * replayMs);
  assertEquals(await told(await site.bet({ token })), { ...first, replayed: "true" });
});

Deno.test("from 24 hours on a hold's requests are told how the hold stands", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  const hold = async (key: string) =>
    await told(await site.post("/api/holds", { token, key, body: BET }));
  const step = async (id: string, what: string, key: string) =>
    await told(await site.post(`/api/holds/${id}/${what}`, { token, key }));
  const posted = JSON.parse((await hold("posted")).text).hold;
  const confirmed = await step(posted.id, "confirm", "confirm");
  const voided = JSON.parse((await hold("voided")).text).hold;
  await step(voided.id, "void", "void");
  await hold("expired");
  site.pass(holdMs);
  const gone = await step(posted.id, "confirm", "gone");
  const entries = await effects(site);

  site.pass(replayMs);
  for (const status of ["posted", "voided", "expired"]) {
    const late = await hold(status);
    assertEquals([late.status, late.replayed], [200, "true"]);
    const body = JSON.parse(late.text);
    assertEquals(body.hold.status, status);
    assertEquals([body.account.heldMinor, body.account.balanceMinor], [0, demoGrantMinor - 100]);
  }
  const lateConfirm = await step(posted.id, "confirm", "confirm");
  assertEquals([lateConfirm.status, lateConfirm.replayed], [200, "true"]);
  assertEquals(JSON.parse(lateConfirm.text).bet, JSON.parse(confirmed.text).bet);
  assertEquals(JSON.parse((await step(voided.id, "void", "void")).text).hold.status, "voided");
  assertEquals(await step(posted.id, "confirm", "gone"), { ...gone, replayed: "true" });
  assertEquals(await effects(site), entries);
});

Deno.test("the same request twice at once is done once, and both are told the same", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  for (const path of ["/api/bets", "/api/holds"]) {
    const before = await effects(site);
    const answers = await Promise.all(
      Array.from({ length: 5 }, async () => {
        return await told(await site.post(path, { token, key: path, body: BET }));
      }),
    );
    assertEquals(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, 1, path);
    assertEquals(
      answers.map(({ replayed }) => replayed).toSorted(),
      [
        null,
        "true",
        "true",
        "true",
        "true",
      ].toSorted(),
    );
    assertEquals(await effects(site), before + 1);
  }
});
