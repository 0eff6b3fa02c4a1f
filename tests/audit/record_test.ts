import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { decodeRecord, draftOf, encodeRecord, entryOf } from "../../lib/audit/record.ts";
import { recordIdOf } from "../../lib/domain/ids.ts";
import { anyHistory } from "../domain/any_history.ts";
import { OneAccount } from "../domain/one_account.ts";
import {
  aBet,
  ALICE,
  anAuthorisation,
  entryAfter,
  HOLD_MS,
  NOON_MS,
  openedWith,
} from "../given.ts";
import { changeAfter, OFFERED } from "../market_entries.ts";

const encoder = new TextEncoder();

/** The bytes of a placed bet's record, to the letter: what is stored once must always read so. */
const PLACED = '{"seq":42,"id":"rec_alice00000000000_3","at":"2026-01-01T12:00:00.000Z",' +
  '"type":"bet.placed","accountId":"acc_alice00000000000","accountSeq":3,' +
  '"actor":"player:acc_alice00000000000","requestId":"request-1","data":{' +
  '"bet":{"id":"bet_alice00000000000_3","requestId":"request-1",' +
  '"accountId":"acc_alice00000000000","status":"open","legs":[{"marketId":"match",' +
  '"selectionId":"home","price":{"num":5,"den":2},"marketVersion":1}],"stakeMinor":100,' +
  '"currency":"GBP","rounding":"floor","potentialReturnsMinor":250,"placedAtMs":1767268800000},' +
  '"hold":null,"priceChange":"none",' +
  '"postings":[{"account":"player_cash","amountMinor":-100},' +
  '{"account":"player_at_risk","amountMinor":100}],' +
  '"account":{"balanceMinor":900,"heldMinor":0,"atRiskMinor":100,"version":3}}}';

const REFUSED = '{"seq":1,"id":"rec_alice00000000000_3","at":"2026-01-01T12:00:00.000Z",' +
  '"type":"bet.refused","accountId":"acc_alice00000000000","accountSeq":3,' +
  '"actor":"player:acc_alice00000000000","requestId":"request-2","data":{' +
  '"legs":[{"marketId":"match","selectionId":"home","price":{"num":5,"den":2}}],' +
  '"stakeMinor":5000,"priceChange":"none",' +
  '"refusal":{"kind":"insufficient_funds","availableMinor":1000},"postings":[],' +
  '"account":{"balanceMinor":1000,"heldMinor":0,"atRiskMinor":0,"version":2}}}';

const HOLD = '{"id":"hold_alice00000000000_3","requestId":"request-1",' +
  '"accountId":"acc_alice00000000000","legs":[{"marketId":"match","selectionId":"home",' +
  '"price":{"num":5,"den":2},"marketVersion":1}],"amountMinor":100,"currency":"GBP",' +
  '"rounding":"floor","potentialReturnsMinor":250,"priceChange":"none",' +
  '"authorisedAtMs":1767268800000,"expiresAtMs":1767268830000}';

const HELD = '{"seq":42,"id":"rec_alice00000000000_3","at":"2026-01-01T12:00:00.000Z",' +
  '"type":"hold.authorised","accountId":"acc_alice00000000000","accountSeq":3,' +
  '"actor":"player:acc_alice00000000000","requestId":"request-1","data":{' +
  `"hold":${HOLD},"postings":[],` +
  '"account":{"balanceMinor":1000,"heldMinor":100,"atRiskMinor":0,"version":3}}}';

const EXPIRED = '{"seq":43,"id":"rec_alice00000000000_4","at":"2026-01-01T12:00:30.000Z",' +
  '"type":"hold.expired","accountId":"acc_alice00000000000","accountSeq":4,' +
  '"actor":"system","requestId":null,"data":{' +
  `"hold":${HOLD},"postings":[],` +
  '"account":{"balanceMinor":1000,"heldMinor":0,"atRiskMinor":0,"version":4}}}';

const LATE = '{"seq":44,"id":"rec_alice00000000000_5","at":"2026-01-01T12:00:30.000Z",' +
  '"type":"hold.refused","accountId":"acc_alice00000000000","accountSeq":5,' +
  '"actor":"player:acc_alice00000000000","requestId":"request-2","data":{' +
  '"asked":{"action":"confirm","holdId":"hold_alice00000000000_3"},' +
  '"refusal":{"kind":"hold_expired","holdId":"hold_alice00000000000_3",' +
  '"expiresAtMs":1767268830000},"postings":[],' +
  '"account":{"balanceMinor":1000,"heldMinor":0,"atRiskMinor":0,"version":4}}}';

const [opened, deposited] = openedWith(ALICE, 1_000);
const placed = entryAfter(deposited, aBet(), { requestId: "request-1" });
const refused = entryAfter(deposited, aBet({ stakeMinor: 5_000 }), { requestId: "request-2" });

Deno.test("encodeRecord() writes these bytes for a placed and for a refused bet", () => {
  assertEquals(encodeRecord(42, draftOf(placed)), encoder.encode(PLACED));
  assertEquals(encodeRecord(1, draftOf(refused)), encoder.encode(REFUSED));
});

Deno.test("encodeRecord() writes these bytes for a hold, for its end, and for who comes late", () => {
  const account = new OneAccount(1_000);
  account.ask(anAuthorisation(), "request-1");
  const { holdId } = anAuthorisation();
  const atMs = NOON_MS + HOLD_MS;
  account.ask(
    { type: "confirm", holdId, betId: aBet().betId, requestId: "request-2", atMs },
    "request-2",
  );
  const bytes = account.entries.slice(2).map((entry, index) =>
    encodeRecord(42 + index, draftOf(entry))
  );
  assertEquals(bytes, [HELD, EXPIRED, LATE].map((text) => encoder.encode(text)));
});

Deno.test("encodeRecord() writes the same bytes however a draft's members are ordered", () => {
  const draft = draftOf(placed);
  const backwards = Object.fromEntries(Object.entries(draft).toReversed()) as typeof draft;
  assertEquals(encodeRecord(42, backwards), encoder.encode(PLACED));
});

Deno.test("encodeRecord() leaves out what is not a member of a record", () => {
  const draft = { ...draftOf(placed), name: "Alice", seq: 7 };
  assertEquals(encodeRecord(42, draft), encoder.encode(PLACED));
});

const SUSPENDED = '{"seq":42,"id":"rec_market:match_2","at":"2026-01-01T12:00:00.000Z",' +
  '"type":"market.suspended","accountId":null,"accountSeq":null,"marketId":"match","marketSeq":2,' +
  '"actor":"trader:staff_tess000000000000","requestId":"halt","data":{"reason":"a goal",' +
  '"postings":[],"market":{"status":"suspended","version":2}}}';

Deno.test("encodeRecord() writes exactly these bytes of a market's entry", () => {
  const suspend = changeAfter(OFFERED, { type: "suspend", reason: "a goal" }, "halt");
  assertEquals(encodeRecord(42, draftOf(suspend)), encoder.encode(SUSPENDED));
  const { owner, chain, seq } = entryOf(decodeRecord(encoder.encode(SUSPENDED)));
  assertEquals([owner, chain, seq], [{ marketId: "match" }, "market:match", 2]);
});

Deno.test("decodeRecord() throws for a record that is of no chain, or of two", () => {
  const ofMarket = JSON.parse(SUSPENDED);
  const ofAccount = JSON.parse(PLACED);
  const { marketId: _, ...withoutMarket } = ofMarket;
  for (
    const record of [
      withoutMarket,
      { ...ofMarket, accountId: ALICE },
      { ...ofMarket, accountId: ALICE, accountSeq: 1 },
      { ...ofMarket, accountSeq: 2 },
      { ...ofMarket, marketSeq: "2" },
      { ...ofMarket, marketId: 7 },
      { ...ofAccount, marketId: "match", marketSeq: 3 },
      { ...ofAccount, accountId: null },
    ]
  ) {
    const bytes = encoder.encode(JSON.stringify(record));
    assertThrows(() => decodeRecord(bytes), Error, "not an audit record");
  }
});

Deno.test("draftOf() names each entry's record after the entry alone", () => {
  assertEquals([opened, deposited, placed].map((entry) => draftOf(entry).id), [
    "rec_alice00000000000_1",
    "rec_alice00000000000_2",
    "rec_alice00000000000_3",
  ]);
  assertEquals(draftOf(opened).requestId, null);
  assertEquals(draftOf(placed).requestId, "request-1");
});

Deno.test("decodeRecord() reads back what encodeRecord() wrote, for every entry there can be", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    for (const [index, entry] of history.entries()) {
      const draft = draftOf(entry);
      const record = decodeRecord(encodeRecord(index + 1, draft));
      assertEquals<unknown>(record, { seq: index + 1, ...draft });
      assertEquals(record.id, recordIdOf(entry));
    }
  }));
});

Deno.test("decodeRecord() throws for bytes that are not a record", () => {
  const good = JSON.parse(PLACED);
  const { data: _, ...withoutData } = good;
  const texts = [
    ...["", "{", "null", "7", '"text"', "[]", "{}", `${PLACED} x`, PLACED.slice(0, -1)],
    ...[{ seq: "42" }, { seq: 4.2 }, { seq: 2 ** 60 }, { accountSeq: "3" }, { id: 7 }, { at: null }]
      .map((change) => JSON.stringify({ ...good, ...change })),
    ...[{ type: 1 }, { accountId: [] }, { actor: {} }, { requestId: 7 }, { data: null }]
      .map((change) => JSON.stringify({ ...good, ...change })),
    JSON.stringify(withoutData),
  ];
  for (const text of texts) assertThrows(() => decodeRecord(encoder.encode(text)), Error, "");
});

Deno.test("decodeRecord() throws for bytes that are not UTF-8, and does not mend them", () => {
  const bytes = encoder.encode(PLACED);
  bytes[PLACED.indexOf("alice")] = 0xff;
  assertThrows(() => decodeRecord(bytes), TypeError);
});
