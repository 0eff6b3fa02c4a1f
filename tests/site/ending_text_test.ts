import { assert, assertEquals } from "@std/assert";
import { attemptFor } from "../../lib/site/attempt.ts";
import { endingNotice, progressNotice } from "../../lib/site/ending_text.ts";
import type { Ending } from "../../lib/site/placing.ts";
import type { RefusalSaid } from "../../lib/site/reply.ts";
import { aSlipLeg } from "./a_slip_leg.ts";

const attempt = attemptFor(aSlipLeg(), {
  requestId: "r1",
  accountId: "acc_1",
  stakeMinor: 500,
  priceChange: "none",
});

function refused(refusal: Partial<RefusalSaid> & { readonly slug: string }): Ending {
  const none = { detail: "", availableMinor: null, maxStakeMinor: null, currentPrice: null };
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

Deno.test("progressNotice() says what is going on", () => {
  assertEquals(progressNotice("placing").title, "Placing bet…");
  const { title, details } = progressNotice("checking");
  assertEquals(`${title} ${details}`, "Connection lost. Checking whether your bet was placed…");
});
