import { assert, assertEquals } from "@std/assert";
import { attemptFor } from "../../lib/site/attempt.ts";
import { endingNotice, progressNotice } from "../../lib/site/ending_text.ts";
import { secondsText } from "../../lib/site/hold_text.ts";
import type { Ending } from "../../lib/site/placing.ts";
import type { RefusalSaid } from "../../lib/site/reply_body.ts";
import { aHeldStake, aSlipLeg } from "./a_slip_leg.ts";

const attempt = attemptFor(aSlipLeg(), {
  requestId: "r1",
  accountId: "acc_1",
  stakeMinor: 500,
  priceChange: "none",
});

const HOLD = aHeldStake({ price: { num: 13, den: 4 }, potentialReturnsMinor: 1_625 });

function refused(refusal: Partial<RefusalSaid> & { readonly slug: string }): Ending {
  const none = {
    detail: "",
    availableMinor: null,
    maxStakeMinor: null,
    currentPrice: null,
    holdStatus: null,
  };
  return { kind: "refused", refusal: { ...none, ...refusal } };
}

function words(ending: Ending): string {
  const { title, details } = endingNotice(attempt, ending, "fractional");
  return `${title} ${details}`;
}

Deno.test("endingNotice() of an accepted bet says what was agreed, in the customer's format", () => {
  const ending: Ending = {
    kind: "placed",
    bet: {
      id: "bet_1",
      legs: [{ price: { num: 11, den: 4 } }],
      stakeMinor: 500,
      potentialReturnsMinor: 1_375,
    },
    account: { id: "acc_1", availableMinor: 99_500, version: 3 },
  };
  assertEquals(
    words(ending),
    "Bet accepted. £5.00 on Harbour Town at 7/4 (Harbour Town v Northgate), to return £13.75.",
  );
});

Deno.test("endingNotice() of a moved price says both prices and asks", () => {
  assertEquals(
    words(refused({ slug: "price-changed", currentPrice: { num: 9, den: 4 } })),
    "The price moved. It went from 3/2 to 5/4 before we could take your bet. " +
      "Nothing was charged. Take 5/4, or leave it?",
  );
});

Deno.test("endingNotice() of missing money says what is available", () => {
  const said = words(refused({ slug: "insufficient-funds", availableMinor: 120 }));
  assert(said.includes("You have £1.20 available, and the stake is £5.00."), said);
});

Deno.test("endingNotice() of every refusal says that nothing was charged, once", () => {
  const slugs = [
    "price-changed",
    "insufficient-funds",
    "market-suspended",
    "market-closed",
    "stake-out-of-range",
    "liability-cap",
    "hold-active",
    "hold-expired",
    "hold-not-pending",
    "invalid-request",
    "something-new",
  ];
  for (const slug of slugs) {
    for (const detail of ["", "Words. Nothing was charged."]) {
      const count = words(refused({ slug, detail })).split("Nothing was charged.").length - 1;
      assertEquals(count, 1, slug);
    }
  }
});

Deno.test("endingNotice() never calls an open fate refused, or free of charge", () => {
  const said = words({ kind: "unresolved" }) + words({ kind: "signed_out", sent: "perhaps" });
  assertEquals(/nothing was charged|refused/i.test(said), false, said);
});

Deno.test("endingNotice() of a stake above the cap offers exactly what is left", () => {
  assertEquals(
    words(refused({ slug: "liability-cap", maxStakeMinor: 1_240 })),
    "That is more than we can take. The most on Harbour Town now is £12.40. Nothing was charged. " +
      "Stake £12.40 instead, or leave it?",
  );
  const none = words(refused({ slug: "liability-cap", maxStakeMinor: 0 }));
  assertEquals(none.includes("£"), false, none);
});

Deno.test("endingNotice() of a hold says what is held, at which price", () => {
  assertEquals(
    words({ kind: "held", hold: HOLD, untilMs: 30_000, account: null }),
    "Held at 9/4 for you. £5.00 on Harbour Town, to return £16.25. " +
      "Confirm the bet in time, or leave it.",
  );
});

Deno.test("endingNotice() of a late confirm says so, whoever noticed: the clock here or the server", () => {
  const said =
    "The hold ran out before you confirmed. Nothing was charged. Ask again, or leave it?";
  assertEquals(words({ kind: "over", status: "expired", account: null }), said);
  assertEquals(words(refused({ slug: "hold-expired" })), said);
});

Deno.test("endingNotice() never says that a hold which became a bet was free of charge", () => {
  for (
    const ending of [
      { kind: "over", status: "posted", account: null } as const,
      refused({ slug: "hold-not-pending", holdStatus: "posted" }),
    ]
  ) {
    const said = words(ending);
    assertEquals(/charged/.test(said), false, said);
    assert(said.startsWith("This bet was confirmed already."), said);
  }
});

Deno.test("endingNotice() of a hold that nobody could ask about promises nothing about it", () => {
  const asked = { ...attempt, does: "hold" } as const;
  const { details } = endingNotice(asked, { kind: "unresolved" }, "decimal");
  assert(details.includes("may be held"), details);
});

Deno.test("secondsText() counts every second that has begun, and never below nothing", () => {
  const said = [30_000, 26_001, 26_000, 1_000, 1, 0, -5].map(secondsText);
  assertEquals(said, [
    "30 seconds",
    "27 seconds",
    "26 seconds",
    "1 second",
    "1 second",
    "0 seconds",
    "0 seconds",
  ]);
});

Deno.test("progressNotice() says what is going on", () => {
  assertEquals(progressNotice({ does: "place" }, "placing").title, "Placing bet…");
  assertEquals(progressNotice({ does: "hold" }, "placing").title, "Holding your stake…");
  assertEquals(progressNotice({ does: "confirm" }, "placing").title, "Confirming bet…");
  const { title, details } = progressNotice({ does: "place" }, "checking");
  assertEquals(`${title} ${details}`, "Connection lost. Checking whether your bet was placed…");
});
