import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { answerSeq, follow, nextSeq } from "../../lib/domain/entry.ts";
import {
  aBet,
  ALICE,
  anAuthorisation,
  entryAfter,
  HOLD_MS,
  NOON_MS,
  openedWith,
} from "../given.ts";
import { anyHistory } from "./any_history.ts";

Deno.test("nextSeq() is 1 for an account without entries, then one more each time", () => {
  const [opened, deposited] = openedWith(ALICE, 100);
  assertEquals([null, opened, deposited].map(nextSeq), [1, 2, 3]);
});

Deno.test("answerSeq() leaves room for the end of a hold from exactly its expiry on", () => {
  const [opened, deposited] = openedWith(ALICE, 100);
  assertEquals([null, opened, deposited].map((newest) => answerSeq(newest, NOON_MS)), [1, 2, 3]);
  const held = entryAfter(deposited, anAuthorisation());
  assertEquals(answerSeq(held, NOON_MS + HOLD_MS - 1), 4);
  assertEquals(answerSeq(held, NOON_MS + HOLD_MS), 5);
  assertEquals(answerSeq(held, NOON_MS + HOLD_MS + 1), 5);
});

Deno.test("follow() numbers every history from 1 without gaps, refusals too", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    assertEquals(history.map((entry) => entry.seq), history.map((_, index) => index + 1));
  }));
});

Deno.test("follow() names each bet and each hold after its own entry", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    for (const { event, seq } of history) {
      if (event.type === "bet.placed") assertEquals(event.bet.id, `bet_alice00000000000_${seq}`);
      if (event.type === "hold.authorised") {
        assertEquals(event.hold.id, `hold_alice00000000000_${seq}`);
      }
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
