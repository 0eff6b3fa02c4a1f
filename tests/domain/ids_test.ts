import { assert, assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import {
  ACCOUNT_ID_LETTERS,
  accountIdOf,
  betIdOf,
  entryOfBetId,
  holdIdOf,
  isAccountId,
  isHoldId,
  recordIdOf,
} from "../../lib/domain/ids.ts";
import { ALICE } from "../given.ts";

const LETTERS = [..."0123456789abcdefghijklmnopqrstuvwxyz"];
const anyAccountId = fc.array(fc.constantFrom(...LETTERS), { minLength: 16, maxLength: 16 })
  .map((letters) => accountIdOf(letters.join("")));
const anySeq = fc.integer({ min: 1, max: 999_999_999_999_999 });

/** Not 16 letters or digits, each in its own way; the last ones hold half a surrogate pair. */
const BAD_LETTERS = [
  ...["", "alice", "alice0000000000", "alice000000000000", "ALICE00000000000", "alice_0000000000"],
  ...["alice 0000000000", "alice0000000000\n", "\u0000lice00000000000", "älice00000000000"],
  ...["\ud800lice00000000000", "alice0000000000\udc00", "alice000000000\ud83d\ude00"],
];

Deno.test("accountIdOf() makes an id of 16 letters or digits and throws for anything else", () => {
  assertEquals(accountIdOf("alice00000000000"), ALICE);
  assertEquals(ACCOUNT_ID_LETTERS, 16);
  for (const letters of BAD_LETTERS) assertThrows(() => accountIdOf(letters), RangeError);
});

Deno.test("isAccountId() knows the form exactly", () => {
  fc.assert(fc.property(anyAccountId, (id) => assert(isAccountId(id))));
  for (const letters of BAD_LETTERS) assertEquals(isAccountId(`acc_${letters}`), false);
  for (const id of ["alice00000000000", `x${ALICE}`, `${ALICE} `, `bet_alice00000000000_1`]) {
    assertEquals(isAccountId(id), false, id);
  }
});

Deno.test("betIdOf() leads back to its entry", () => {
  fc.assert(fc.property(anyAccountId, anySeq, (accountId, seq) => {
    assertEquals(entryOfBetId(betIdOf({ accountId, seq })), { accountId, seq });
  }));
});

Deno.test("betIdOf(), holdIdOf() and recordIdOf() differ for each entry, and throw for no account id", () => {
  const entries = [1, 2, 11].map((seq) => ({ accountId: ALICE, seq }));
  const ids = entries.flatMap((entry) => [
    betIdOf(entry),
    holdIdOf(entry),
    recordIdOf(entry),
  ]);
  assertEquals(new Set(ids).size, ids.length);
  assertEquals(betIdOf({ accountId: ALICE, seq: 3 }), "bet_alice00000000000_3");
  assertEquals(holdIdOf({ accountId: ALICE, seq: 3 }), "hold_alice00000000000_3");
  assertEquals(recordIdOf({ accountId: ALICE, seq: 3 }), "rec_alice00000000000_3");
  for (const letters of BAD_LETTERS) {
    assertThrows(() => betIdOf({ accountId: `acc_${letters}`, seq: 1 }), RangeError);
    assertThrows(() => holdIdOf({ accountId: `acc_${letters}`, seq: 1 }), RangeError);
    assertThrows(() => recordIdOf({ accountId: `acc_${letters}`, seq: 1 }), RangeError);
  }
});

/** Not the name of any entry's bet or hold, after "bet_" or "hold_". */
const BAD_NAMES = [
  ...["", "alice00000000000", "alice00000000000_", "alice00000000000_0", "alice00000000000_01"],
  ...["alice00000000000_-1", "alice00000000000_1.5", "alice00000000000_1e3"],
  ...["alice00000000000_1\n", "alice00000000000_1_1", "alice00000000000_9007199254740993"],
  ...BAD_LETTERS.map((letters) => `${letters}_1`),
];

Deno.test("entryOfBetId() answers null for what is not a bet's id", () => {
  const texts = [
    ...["", "bet", "bet_", ALICE, "BET_alice00000000000_1", " bet_alice00000000000_1"],
    ...["rec_alice00000000000_1", "hold_alice00000000000_1"],
    ...BAD_NAMES.map((name) => `bet_${name}`),
  ];
  for (const text of texts) assertEquals(entryOfBetId(text), null, JSON.stringify(text));
});

Deno.test("isHoldId() knows the form exactly", () => {
  fc.assert(fc.property(anyAccountId, anySeq, (accountId, seq) => {
    assert(isHoldId(holdIdOf({ accountId, seq })));
    assertEquals(isHoldId(betIdOf({ accountId, seq })), false);
  }));
  const texts = [
    ...["", "hold", "hold_", ALICE, "HOLD_alice00000000000_1", " hold_alice00000000000_1"],
    ...BAD_NAMES.map((name) => `hold_${name}`),
  ];
  for (const text of texts) assertEquals(isHoldId(text), false, JSON.stringify(text));
});
