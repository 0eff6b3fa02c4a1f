import { assert, assertEquals } from "@std/assert";
import { aHold, anAuthorisation } from "../given.ts";
import { OneAccount } from "./one_account.ts";

Deno.test("authorise() holds the stake at the current price, and posts nothing", () => {
  const account = new OneAccount(250);
  const event = account.answer(anAuthorisation());
  assertEquals(event, { type: "hold.authorised", hold: aHold(), postings: [] });
  assertEquals([account.state.balanceMinor, account.state.hold], [250, aHold()]);
});

Deno.test("authorise() holds at the price it finds when the customer lets it move", () => {
  const account = new OneAccount(250);
  const legs = [{ marketId: "match", selectionId: "home", price: { num: 2, den: 1 } }];
  const event = account.answer(anAuthorisation({ legs, priceChange: "higher" }));
  assertEquals(event.type === "hold.authorised" && event.hold, aHold({ priceChange: "higher" }));
});

Deno.test("authorise() holds for as long as the policy says, from the command's time on", () => {
  const account = new OneAccount(250);
  const event = account.answer(anAuthorisation({ holdMs: 7, atMs: 1_000 }));
  assert(event.type === "hold.authorised");
  assertEquals([event.hold.authorisedAtMs, event.hold.expiresAtMs], [1_000, 1_007]);
});

Deno.test("authorise() records a refusal as it was asked", () => {
  const { legs, stakeMinor, priceChange } = anAuthorisation({ stakeMinor: 251 });
  assertEquals(new OneAccount(250).answer(anAuthorisation({ stakeMinor })), {
    type: "hold.refused",
    asked: { action: "authorise", legs, stakeMinor, priceChange },
    refusal: { kind: "insufficient_funds", availableMinor: 250 },
    postings: [],
  });
});
