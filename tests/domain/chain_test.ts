import { assert, assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { chainOf } from "../../lib/domain/chain.ts";
import { accountEntry, isMarketEntry } from "../../lib/domain/entry.ts";
import { accountIdOf, recordIdOf, staffIdOf } from "../../lib/domain/ids.ts";
import { requestKey } from "../../lib/ports/ledger_store.ts";
import { ALICE, openedWith } from "../given.ts";
import { OFFERED } from "../market_entries.ts";

const letters = [..."0123456789abcdefghijklmnopqrstuvwxyz"];

const anyAccountId = fc.string({ unit: fc.constantFrom(...letters), minLength: 16, maxLength: 16 })
  .map(accountIdOf);

/** Printable ASCII, and now and then what looks like an account's id or a chain's name. */
const anyMarketId = fc.oneof(
  fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 }),
  anyAccountId,
  anyAccountId.map((accountId) => `market:${accountId}`),
);

const anyRequestId = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 });

Deno.test("chainOf() names an account's chain by its id, and no market's like it", () => {
  assertEquals(chainOf({ accountId: ALICE }), ALICE);
  assertEquals(chainOf({ marketId: "match" }), "market:match");
  fc.assert(fc.property(anyAccountId, anyMarketId, (accountId, marketId) => {
    assertEquals(chainOf({ accountId }), accountId);
    assert(chainOf({ marketId }) !== chainOf({ accountId }));
    // Also for what no account is called, but somebody may ask for.
    assert(chainOf({ marketId }) !== chainOf({ accountId: chainOf({ marketId }) }));
  }));
});

Deno.test("chainOf() of an entry is its owner's", () => {
  const [opened] = openedWith(ALICE, 1);
  assertEquals([chainOf(opened), chainOf(OFFERED)], [ALICE, "market:match"]);
  assertEquals([isMarketEntry(opened), isMarketEntry(OFFERED)], [false, true]);
  assertEquals(accountEntry(opened), opened);
  assertThrows(() => accountEntry(OFFERED), Error, "market.opened");
});

Deno.test("requestKey() tells the requests of all chains apart", () => {
  fc.assert(fc.property(
    fc.tuple(anyMarketId, anyRequestId),
    fc.tuple(anyMarketId, anyRequestId),
    (one, other) => {
      const [key, another] = [one, other].map(([marketId, requestId]) => (
        requestKey(chainOf({ marketId }), requestId)
      ));
      assertEquals(key === another, one.join("\n") === other.join("\n"));
    },
  ));
});

Deno.test("recordIdOf() gives no two entries of any chains one id", () => {
  const anySeq = fc.integer({ min: 1, max: 1_000_000_000_000_000 });
  const anyEntry = fc.oneof(
    fc.record({ accountId: anyAccountId, seq: anySeq }),
    fc.record({ marketId: anyMarketId, seq: anySeq }),
  );
  fc.assert(fc.property(anyEntry, anyEntry, (one, other) => {
    const isSame = chainOf(one) === chainOf(other) && one.seq === other.seq;
    assertEquals(recordIdOf(one) === recordIdOf(other), isSame);
  }));
  assertEquals(recordIdOf({ marketId: "a_1", seq: 2 }), "rec_market:a_1_2");
});

Deno.test("staffIdOf() takes sixteen letters or digits", () => {
  assertEquals(staffIdOf("tess000000000000"), "staff_tess000000000000");
  for (const letters of ["", "tess", "TESS000000000000", "tess0000000000000"]) {
    assertThrows(() => staffIdOf(letters), RangeError);
  }
});
