import { assertEquals, assertThrows } from "@std/assert";
import type { AccountCommand } from "../../lib/domain/commands.ts";
import {
  exposureChanges,
  exposuresAfter,
  liabilityMinor,
  selectionKey,
} from "../../lib/domain/exposure.ts";
import { aBet, aHold, anAuthorisation, HOLD_MS, NOON_MS } from "../given.ts";
import { OneAccount } from "./one_account.ts";

const HOME = { marketId: "match", selectionId: "home" };
const { id: HOLD_ID } = aHold();
const ABOUT = { holdId: HOLD_ID, atMs: NOON_MS };
const CONFIRM = { type: "confirm", ...ABOUT, betId: aBet().betId, requestId: "request-2" } as const;

Deno.test("selectionKey() is one text for each selection, whatever their ids hold", () => {
  const refs = [
    { marketId: "a", selectionId: "b" },
    { marketId: "a b", selectionId: "c" },
    { marketId: "a", selectionId: "b c" },
    { marketId: "ab", selectionId: "" },
    { marketId: "", selectionId: "ab" },
  ];
  assertEquals(new Set(refs.map(selectionKey)).size, refs.length);
  assertEquals(selectionKey({ ...HOME }), selectionKey(HOME));
});

Deno.test("liabilityMinor() is the returns less the stake", () => {
  assertEquals(liabilityMinor({ stakeMinor: 100, potentialReturnsMinor: 250 }), 150);
  assertEquals(liabilityMinor({ stakeMinor: 1, potentialReturnsMinor: 1 }), 0);
});

Deno.test("exposureChanges() of a bet is its liability on each of its legs", () => {
  const account = new OneAccount(1_000);
  assertEquals(exposureChanges(account.answer(aBet())), [{ ...HOME, byMinor: 150 }]);
  const leg = { marketId: "match", price: { num: 5, den: 2 } };
  const away = { ...leg, selectionId: "away", price: { num: 21, den: 11 } };
  const legs = [{ ...leg, selectionId: "home" }, away];
  // 1.00 at 5/2 and 21/11 returns 4.77: the book could lose 3.77 on either.
  assertEquals(exposureChanges(account.answer(aBet({ legs }))), [
    { ...HOME, byMinor: 377 },
    { marketId: "match", selectionId: "away", byMinor: 377 },
  ]);
});

Deno.test("exposureChanges() of whatever moves no liability is empty", () => {
  const account = new OneAccount(100);
  account.ask(aBet({ stakeMinor: 0 }));
  account.ask(anAuthorisation({ stakeMinor: 0 }));
  assertEquals(account.entries.flatMap(({ event }) => exposureChanges(event)), []);
});

/** What each command changes on "home", one after another, in an account of 10.00. */
function changesOf(commands: readonly AccountCommand[]): readonly (readonly number[])[] {
  const account = new OneAccount(1_000);
  return commands.map((command) =>
    account.ask(command).flatMap(exposureChanges).map((change) => {
      assertEquals(selectionKey(change), selectionKey(HOME));
      return change.byMinor;
    })
  );
}

Deno.test("exposureChanges() of a hold that came to nothing sum to zero", () => {
  const voided = { type: "void", ...ABOUT } as const;
  const expired = { type: "expire", ...ABOUT, atMs: NOON_MS + HOLD_MS } as const;
  assertEquals(changesOf([anAuthorisation(), voided]), [[150], [-150]]);
  assertEquals(changesOf([anAuthorisation(), expired]), [[150], [-150]]);
  const late = aBet({ atMs: NOON_MS + HOLD_MS });
  assertEquals(changesOf([anAuthorisation(), late]), [[150], [-150, 150]]);
});

Deno.test("exposureChanges() of a hold that became a bet keep its liability once", () => {
  assertEquals(changesOf([anAuthorisation(), CONFIRM]), [[150], []]);
  // Nothing that is refused afterwards takes any of it away.
  assertEquals(changesOf([anAuthorisation(), CONFIRM, CONFIRM, { type: "void", ...ABOUT }]), [
    ...[[150], [], [], []],
  ]);
});

Deno.test("exposuresAfter() adds to what is there, touches nothing else, and changes no map", () => {
  const before = new Map([[selectionKey(HOME), 70], ["other\nhome", 5]]);
  const placed = new OneAccount(1_000).answer(aBet());
  const after = exposuresAfter(before, placed);
  assertEquals(after, new Map([[selectionKey(HOME), 220], ["other\nhome", 5]]));
  assertEquals(before.get(selectionKey(HOME)), 70);
  assertEquals(exposuresAfter(new Map(), placed), new Map([[selectionKey(HOME), 150]]));
});

Deno.test("exposuresAfter() throws when a liability would be negative", () => {
  const voided = { type: "hold.voided", hold: aHold(), postings: [] } as const;
  const owed = (minor: number) => new Map([[selectionKey(HOME), minor]]);
  assertThrows(() => exposuresAfter(owed(149), voided), RangeError);
  assertEquals(exposuresAfter(owed(150), voided), owed(0));
});
