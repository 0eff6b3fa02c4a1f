import { assertEquals } from "@std/assert";
import { BatchState } from "../../lib/app/batch_state.ts";
import { type AccountEntry, follow } from "../../lib/domain/entry.ts";
import type { AccountEvent } from "../../lib/domain/events.ts";
import { type LedgerView, requestKey } from "../../lib/ports/ledger_store.ts";
import { aBet, aHold, ALICE, anAuthorisation, BOB, entryAfter, MATCH } from "../given.ts";
import { NOON_MS, openedWith } from "../given.ts";
import { asks } from "./bookmaker.ts";
import { HOLD_ID } from "./holding.ts";
import { changeAfter, OFFERED, SUSPEND } from "../market_entries.ts";

const HOME_KEY = "match\nhome";
const [, ALICES] = openedWith(ALICE, 1_000);
const [, BOBS] = openedWith(BOB, 500);
const BET = entryAfter(ALICES, aBet(), { requestId: "request-1" });
const HELD = entryAfter(ALICES, anAuthorisation(), { requestId: "request-2" });

/** Two accounts and the match, with 0.70 owed on "home" already. */
function viewOf(change: Partial<LedgerView> = {}): LedgerView {
  return {
    queries: [],
    newest: new Map([[ALICE, ALICES], [BOB, BOBS]]),
    answers: new Map(),
    markets: new Map([[MATCH.id, OFFERED]]),
    exposures: new Map([[HOME_KEY, 70]]),
    holds: new Map(),
    versions: null,
    ...change,
  };
}

/** What the end of the hold adds behind it. */
function endOf(newest: AccountEntry, type: "hold.voided" | "hold.expired"): AccountEntry {
  const event: AccountEvent = { type, hold: aHold(), postings: [] };
  return follow(newest, { accountId: ALICE, atMs: NOON_MS, actor: "system", answers: null, event });
}

Deno.test("sight() shows what was read while nothing is decided", () => {
  const fate = { hold: aHold(), status: "voided" } as const;
  const answered = { accountId: ALICE, requestId: "request-1" };
  const state = new BatchState(viewOf({
    answers: new Map([[requestKey(ALICE, "request-1"), BET]]),
    holds: new Map([[HOLD_ID, fate]]),
  }));
  const sight = state.sight(asks({ ...answered, holdId: HOLD_ID }));
  assertEquals([sight.newest, sight.answered], [ALICES, BET]);
  assertEquals([sight.seen.account, sight.seen.hold], [ALICES.state, fate]);
  assertEquals(sight.seen.markets.get(MATCH.id), MATCH);
  assertEquals(sight.seen.exposures.get(HOME_KEY), 70);
  assertEquals(state.entries, []);
});

Deno.test("sight() shows nothing of an account, an answer or a hold that is not there", () => {
  const state = new BatchState(viewOf({ newest: new Map([[ALICE, null]]) }));
  const sight = state.sight(asks({ requestId: "request-1", holdId: HOLD_ID }));
  assertEquals([sight.newest, sight.answered], [null, null]);
  assertEquals([sight.seen.account, sight.seen.hold], [null, null]);
});

Deno.test("add() shows the account, the answer and the liability to whoever comes next", () => {
  const state = new BatchState(viewOf());
  state.add(BET);
  const sight = state.sight(asks({ requestId: "request-1" }));
  assertEquals([sight.newest, sight.answered], [BET, BET]);
  assertEquals(sight.seen.account, BET.state);
  assertEquals(sight.seen.exposures.get(HOME_KEY), 70 + 150);
  assertEquals(state.entries, [BET]);
});

Deno.test("add() shows an entry of one account to another as liability alone", () => {
  const state = new BatchState(viewOf());
  state.add(HELD);
  const sight = state.sight(asks({ accountId: BOB, requestId: "request-2", holdId: HOLD_ID }));
  assertEquals([sight.newest, sight.answered], [BOBS, null]);
  assertEquals([sight.seen.account, sight.seen.hold], [BOBS.state, null]);
  assertEquals(sight.seen.exposures.get(HOME_KEY), 70 + 150);
});

Deno.test("add() shows what became of a hold, and what it gave back", () => {
  const about = asks({ holdId: HOLD_ID });
  for (const [type, status] of [["hold.voided", "voided"], ["hold.expired", "expired"]] as const) {
    const state = new BatchState(viewOf());
    state.add(HELD);
    assertEquals(state.sight(about).seen.hold, { hold: aHold(), status: "pending" });
    state.add(endOf(HELD, type));
    assertEquals(state.sight(about).seen.hold, { hold: aHold(), status });
    assertEquals(state.sight(about).seen.exposures.get(HOME_KEY), 70);
    assertEquals(state.sight(about).newest?.seq, 4);
  }
});

Deno.test("add() answers nobody with an entry that answers no request", () => {
  const state = new BatchState(viewOf());
  state.add(HELD);
  state.add(endOf(HELD, "hold.expired"));
  assertEquals(state.sight(asks()).answered, null);
  assertEquals(state.sight(asks({ requestId: "request-2" })).answered, HELD);
});

Deno.test("add() leaves the view as it was read, for the commit to check", () => {
  const view = viewOf();
  const state = new BatchState(view);
  state.add(HELD);
  assertEquals(view, viewOf());
  assertEquals(state.view, view);
});

Deno.test("sight() shows a market to who asks about it, and what was answered of it", () => {
  const suspended = changeAfter(OFFERED, SUSPEND, "request-1");
  const key = requestKey("market:match", "request-1");
  const state = new BatchState(viewOf({ answers: new Map([[key, suspended]]) }));
  const sight = state.sight({ marketId: MATCH.id, requestId: "request-1" });
  assertEquals([sight.newest, sight.answered], [OFFERED, suspended]);
  assertEquals([sight.seen.account, sight.seen.hold], [null, null]);
  const other = state.sight({ marketId: "nope", requestId: "request-1" });
  assertEquals([other.newest, other.answered], [null, null]);
});

Deno.test("add() shows a changed market to the bets and the changes behind it", () => {
  const state = new BatchState(viewOf());
  const suspended = changeAfter(OFFERED, SUSPEND, "request-1");
  state.add(suspended);
  const about = { marketId: MATCH.id, requestId: "request-1" };
  assertEquals(state.sight(about).newest, suspended);
  assertEquals(state.sight(about).answered, suspended);
  // The same id of an account is another request.
  const bet = state.sight(asks({ requestId: "request-1" }));
  assertEquals([bet.answered, bet.newest], [null, ALICES]);
  assertEquals(bet.seen.markets.get(MATCH.id), suspended.state);
  assertEquals(state.view.markets.get(MATCH.id), OFFERED);
  assertEquals(state.entries, [suspended]);
});
