import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { follow, nextSeq } from "../../lib/domain/entry.ts";
import { aBet, ALICE, entryAfter, NOON_MS, openedWith } from "../given.ts";
import { anyHistory } from "./any_history.ts";

Deno.test("nextSeq() is 1 for an account without entries, then one more each time", () => {
  const [opened, deposited] = openedWith(ALICE, 100);
  assertEquals([null, opened, deposited].map(nextSeq), [1, 2, 3]);
});

Deno.test("follow() numbers every history from 1 without gaps, refused bets too", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    assertEquals(history.map((entry) => entry.seq), history.map((_, index) => index + 1));
  }));
});

Deno.test("follow() names each bet after its own entry", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    for (const { event, seq } of history) {
      if (event.type === "bet.placed") assertEquals(event.bet.id, `bet_alice00000000000_${seq}`);
    }
  }));
});

Deno.test("follow() keeps what it is given and adds the number and the state after", () => {
  const [opened, deposited] = openedWith(ALICE, 100);
  const { seq, state, ...given } = deposited;
  assertEquals(follow(opened, given), { ...given, seq, state });
  assertEquals(state.balanceMinor, 100);
});

Deno.test("follow() throws when the event does not fit what came before", () => {
  const [, deposited] = openedWith(ALICE, 100);
  const common = { accountId: ALICE, atMs: NOON_MS, actor: "system", answers: null };
  const { event } = entryAfter(deposited, aBet());
  assertThrows(() => follow(null, { ...common, event }), Error, "not open");
});
