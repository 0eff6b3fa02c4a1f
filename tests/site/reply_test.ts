import { assertEquals } from "@std/assert";
import { readHoldNow, readOutcome } from "../../lib/site/reply.ts";
import { readAccount } from "../../lib/site/reply_body.ts";
import { aHeldStake } from "./a_slip_leg.ts";

const account = { id: "acc_1", availableMinor: 99_500, version: 3, currency: "GBP" };
const bet = {
  id: "bet_1",
  legs: [{ marketId: "m1", selectionId: "s1", price: { num: 5, den: 2 } }],
  stakeMinor: 500,
  potentialReturnsMinor: 1_250,
};

function problem(slug: string, members: object = {}): object {
  return { type: `urn:holdfast:problem:${slug}`, title: "", detail: "Why.", ...members };
}

Deno.test("readOutcome() reads an accepted bet with the account after it", () => {
  const outcome = readOutcome({ status: 201, body: { bet, account } });
  assertEquals(outcome, {
    kind: "placed",
    bet: {
      id: "bet_1",
      legs: [{ price: { num: 5, den: 2 } }],
      stakeMinor: 500,
      potentialReturnsMinor: 1_250,
    },
    account: { id: "acc_1", availableMinor: 99_500, version: 3 },
  });
});

Deno.test("readOutcome() reads a refusal with what helps", () => {
  const body = problem("price-changed", { currentPrice: { num: 9, den: 4 } });
  assertEquals(readOutcome({ status: 409, body }), {
    kind: "refused",
    refusal: {
      slug: "price-changed",
      detail: "Why.",
      availableMinor: null,
      maxStakeMinor: null,
      currentPrice: { num: 9, den: 4 },
      holdStatus: null,
    },
  });
});

const HOLD = {
  id: "hold_0123456789abcdef_3",
  status: "pending",
  legs: [{ marketId: "m1", selectionId: "s1", price: { num: 5, den: 2 } }],
  amountMinor: 500,
  potentialReturnsMinor: 1_250,
  authorisedAt: "1970-01-01T00:00:00.000Z",
  expiresAt: "1970-01-01T00:00:30.000Z",
};

Deno.test("readOutcome() reads a hold with the account after it", () => {
  assertEquals(readOutcome({ status: 201, body: { hold: HOLD, account } }), {
    kind: "held",
    hold: aHeldStake(),
    account: { id: "acc_1", availableMinor: 99_500, version: 3 },
  });
});

Deno.test("readOutcome() does not take half a hold for one", () => {
  for (
    const change of [
      { status: "open" },
      { legs: [] },
      { expiresAt: "soon" },
      { authorisedAt: 0 },
      { amountMinor: 0.5 },
      { id: null },
    ]
  ) {
    const body = { hold: { ...HOLD, ...change }, account };
    assertEquals(readOutcome({ status: 201, body }).kind, "unknown", JSON.stringify(change));
  }
});

Deno.test("readOutcome() reads what became of a hold that is not pending", () => {
  const body = problem("hold-not-pending", { holdStatus: "posted" });
  const outcome = readOutcome({ status: 409, body });
  assertEquals(outcome.kind === "refused" && outcome.refusal.holdStatus, "posted");
});

Deno.test("readHoldNow() reads the hold and the server's time, or nothing", () => {
  const now = "1970-01-01T00:00:12.000Z";
  assertEquals(readHoldNow({ hold: HOLD, now }), { hold: aHeldStake(), nowMs: 12_000 });
  assertEquals(readHoldNow({ hold: HOLD }), null);
  assertEquals(readHoldNow({ now }), null);
  assertEquals(readHoldNow(null), null);
});

Deno.test("readOutcome() takes only a definite answer for one", () => {
  const kinds: readonly [number, unknown, string][] = [
    [503, problem("contended"), "busy"],
    [429, problem("rate-limited"), "busy"],
    [401, problem("unauthenticated"), "signed_out"],
    [503, problem("outcome-unknown"), "unknown"],
    [500, problem("internal"), "unknown"],
    [409, problem("request-in-progress"), "unknown"],
    [502, null, "unknown"],
    [404, null, "unknown"],
    [409, { type: "about:blank" }, "unknown"],
    [201, null, "unknown"],
    [201, { bet }, "unknown"],
    [201, { bet: { ...bet, stakeMinor: "500" }, account }, "unknown"],
    [201, { bet: { ...bet, legs: [{ price: { num: 1, den: 1 } }] }, account }, "unknown"],
  ];
  for (const [status, body, kind] of kinds) {
    assertEquals(readOutcome({ status, body }).kind, kind, `${status} ${JSON.stringify(body)}`);
  }
  assertEquals(readOutcome("lost").kind, "unknown");
});

Deno.test("readAccount() is null for what is not an account", () => {
  assertEquals(readAccount(account), { id: "acc_1", availableMinor: 99_500, version: 3 });
  assertEquals(readAccount({ ...account, availableMinor: 0.5 }), null);
  assertEquals(readAccount(null), null);
});
