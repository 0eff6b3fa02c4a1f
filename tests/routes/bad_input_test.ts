import { assertEquals } from "@std/assert";
import { bearer, BET, openSite, type Site } from "./site.ts";

const LEG = BET.legs[0];

/** Every body that must not become a bet: what is wrong with it, the body, and its problem. */
const BAD_BODIES: readonly (readonly [string, unknown, number, string])[] = [
  ["not JSON", "{", 400, "invalid-request"],
  ["empty", "", 400, "invalid-request"],
  ["a list", [], 400, "invalid-request"],
  ["null", null, 400, "invalid-request"],
  [
    "a duplicate member",
    `{"stakeMinor":1,"stakeMinor":1,"legs":${JSON.stringify(BET.legs)}}`,
    400,
    "invalid-request",
  ],
  ["a lone surrogate", '{"legs":[],"stakeMinor":1,"x":"\\ud800"}', 400, "invalid-request"],
  ["an unknown member", { ...BET, bonus: 1 }, 400, "invalid-request"],
  [
    "__proto__",
    `{"legs":${JSON.stringify(BET.legs)},"stakeMinor":1,"__proto__":{}}`,
    400,
    "invalid-request",
  ],
  ["an unknown member of a leg", { ...BET, legs: [{ ...LEG, x: 1 }] }, 400, "invalid-request"],
  ["no stake", { legs: BET.legs }, 400, "invalid-request"],
  ["no legs", { stakeMinor: 1 }, 400, "invalid-request"],
  ["an empty list of legs", { ...BET, legs: [] }, 400, "invalid-request"],
  ["two legs", { ...BET, legs: [LEG, LEG] }, 400, "invalid-request"],
  ["a stake as text", { ...BET, stakeMinor: "100" }, 400, "invalid-request"],
  ["a fractional stake", { ...BET, stakeMinor: 1.5 }, 400, "invalid-request"],
  ["a stake that is null", { ...BET, stakeMinor: null }, 400, "invalid-request"],
  [
    "a stake beyond 2^53",
    `{"legs":${JSON.stringify(BET.legs)},"stakeMinor":9007199254740993}`,
    400,
    "invalid-request",
  ],
  [
    "a stake of 1e999",
    `{"legs":${JSON.stringify(BET.legs)},"stakeMinor":1e999}`,
    400,
    "invalid-request",
  ],
  ["a stake of 0", { ...BET, stakeMinor: 0 }, 422, "stake-out-of-range"],
  ["a negative stake", { ...BET, stakeMinor: -100 }, 422, "stake-out-of-range"],
  ["a stake above the limit", { ...BET, stakeMinor: 10_000_001 }, 422, "stake-out-of-range"],
  [
    "the largest whole stake",
    { ...BET, stakeMinor: Number.MAX_SAFE_INTEGER },
    422,
    "stake-out-of-range",
  ],
  ["a stake above what is there", { ...BET, stakeMinor: 100_001 }, 409, "insufficient-funds"],
  ["a price that is none", { ...BET, legs: [{ ...LEG, price: "evens" }] }, 400, "invalid-request"],
  ["a price of 1", { ...BET, legs: [{ ...LEG, price: "1.00" }] }, 400, "invalid-request"],
  [
    "a price of nothing",
    { ...BET, legs: [{ ...LEG, price: { num: 5, den: 0 } }] },
    400,
    "invalid-request",
  ],
  [
    "a price with more",
    { ...BET, legs: [{ ...LEG, price: { num: 5, den: 2, x: 1 } }] },
    400,
    "invalid-request",
  ],
  ["a price as a number", { ...BET, legs: [{ ...LEG, price: 2.5 }] }, 400, "invalid-request"],
  ["another price", { ...BET, legs: [{ ...LEG, price: "2.60" }] }, 409, "price-changed"],
  ["an unknown market", { ...BET, legs: [{ ...LEG, marketId: "nope" }] }, 404, "not-found"],
  ["an unknown selection", { ...BET, legs: [{ ...LEG, selectionId: "nope" }] }, 404, "not-found"],
  [
    "a market id of a prototype",
    {
      ...BET,
      legs: [{ ...LEG, marketId: "__proto__" }],
    },
    404,
    "not-found",
  ],
  ["an id beyond ASCII", { ...BET, legs: [{ ...LEG, marketId: "mätch" }] }, 400, "invalid-request"],
  ["an empty id", { ...BET, legs: [{ ...LEG, marketId: "" }] }, 400, "invalid-request"],
  ["a long id", { ...BET, legs: [{ ...LEG, marketId: "m".repeat(129) }] }, 400, "invalid-request"],
  ["an unknown price change", { ...BET, priceChange: "lower" }, 400, "invalid-request"],
  ["a body over 64 KiB", `{"x":"${"a".repeat(65_536)}"}`, 413, "payload-too-large"],
];

for (const [what, body, status, slug] of BAD_BODIES) {
  Deno.test(`POST /api/bets answers ${what} with ${slug} and changes nothing`, async () => {
    const site = openSite();
    const token = await site.signIn("player");
    const before = await stateOf(site, token);
    const response = await site.bet({ token, body });
    await assertProblem(response, { status, slug });
    assertEquals(await stateOf(site, token), before);
  });
}

for (
  const [what, key, slug] of [
    ["no key", null, "idempotency-key-required"],
    ["an empty key", "", "invalid-request"],
    ["a key of 129 characters", "k".repeat(129), "invalid-request"],
    ["a key beyond ASCII", "clé", "invalid-request"],
    ["two keys", "a, b", "invalid-request"],
  ] as const
) {
  Deno.test(`POST /api/bets answers ${what} with ${slug} and records nothing`, async () => {
    const site = openSite();
    const token = await site.signIn("player");
    const { commits } = site.database;
    await assertProblem(await site.bet({ token, key }), { status: 400, slug });
    assertEquals(site.database.commits, commits);
  });
}

for (const type of ["text/plain", "application/x-www-form-urlencoded", null]) {
  Deno.test(`POST /api/bets answers content type ${type} with unsupported-media-type`, async () => {
    const site = openSite();
    const token = await site.signIn("player");
    const { commits } = site.database;
    const response = await site.fetch("/api/bets", {
      method: "POST",
      headers: {
        ...bearer(token),
        "idempotency-key": "key-1",
        ...(type === null ? {} : { "content-type": type }),
      },
      body: new TextEncoder().encode(JSON.stringify(BET)),
    });
    await assertProblem(response, { status: 415, slug: "unsupported-media-type" });
    assertEquals(site.database.commits, commits);
  });
}

Deno.test("POST /api/bets records a refusal of the ledger, and nothing it could not read", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  await site.bet({ token, key: "unread", body: "{" });
  await site.bet({ token, key: "refused", body: { ...BET, stakeMinor: 0 } });
  await site.drain();
  const records = await site.services.auditRecords({ chain: null, after: 0, limit: 10 });
  const types = records.map((record) => JSON.parse(new TextDecoder().decode(record.bytes)).type);
  assertEquals(types, ["market.opened", "account.opened", "deposit.accepted", "bet.refused"]);
});

Deno.test("POST /api/bets takes every spelling of the current price", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  for (
    const price of ["2.50", "2.5", "3/2", "6/4", { num: 5, den: 2 }, { num: 10, den: 4 }]
  ) {
    const key = JSON.stringify(price);
    const response = await site.bet({ token, key, body: { ...BET, legs: [{ ...LEG, price }] } });
    assertEquals(response.status, 201, key);
    assertEquals((await response.json()).bet.legs[0].price, { num: 5, den: 2 });
  }
});

Deno.test("POST /api/bets names the one leg it takes for now", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  const response = await site.bet({ token, body: { ...BET, legs: [LEG, LEG] } });
  const { errors } = await response.json();
  assertEquals(errors[0].pointer, "/legs");
  assertEquals(/exactly one leg/.test(errors[0].detail), true);
});

/** What a request that changes nothing leaves as it was: the account, and its bets. */
async function stateOf(site: Site, token: string): Promise<unknown> {
  const [account, bets] = await Promise.all(
    ["/api/account", "/api/bets"].map(async (path) => {
      const response = await site.fetch(path, { headers: bearer(token) });
      assertEquals(response.status, 200);
      return await response.json();
    }),
  );
  return { account, bets };
}

async function assertProblem(
  response: Response,
  expected: { readonly status: number; readonly slug: string },
): Promise<void> {
  const document = await response.json();
  assertEquals(document.type, `urn:holdfast:problem:${expected.slug}`, document.detail);
  assertEquals(response.status, expected.status);
  assertEquals(document.status, expected.status);
  assertEquals(response.headers.get("content-type"), "application/problem+json");
}
