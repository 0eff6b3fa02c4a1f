import { assertEquals, assertMatch } from "@std/assert";
import { EMPTY_HEAD, extend } from "../../lib/audit/chain.ts";
import { errorWords } from "../../lib/site/error_words.ts";
import { logWords } from "../../lib/site/log_words.ts";
import { readCursor } from "../../lib/site/paging.ts";
import { recordLine } from "../../lib/site/record_words.ts";
import { recordText, storedRecords, verdictText } from "../../lib/site/verdict_text.ts";
import { insteadOfBalance, whyNotBet } from "../../lib/site/viewer.ts";

const draft = {
  id: "rec_0123456789abcdef_1",
  at: "2026-11-22T14:10:03.500Z",
  type: "account.opened",
  accountId: "acc_0123456789abcdef",
  accountSeq: 1,
  actor: "system",
  requestId: null,
  data: { note: "£ and … travel too" },
} as const;
const record = extend((bytes) => bytes.slice(0, 32), EMPTY_HEAD, [draft]).records[0]!;

Deno.test("logWords() says the state of the log in one sentence", () => {
  const nowMs = Date.parse(draft.at) + 340;
  assertEquals(
    logWords({ size: 1_204, newest: record, nowMs }),
    "1,204 records, newest 0.3 s ago.",
  );
  assertEquals(logWords({ size: 1, newest: record, nowMs }), "1 record, newest 0.3 s ago.");
  assertEquals(logWords({ size: 0, newest: null, nowMs }), "The log has no records yet.");
});

Deno.test("recordText() carries a record to the browser without losing a byte", () => {
  assertEquals(storedRecords([recordText(record)]), [record]);
});

Deno.test("recordLine() says what a record is about", () => {
  assertEquals(recordLine(recordText(record)), {
    words: "Account opened",
    atMs: Date.parse(draft.at),
    owner: { accountId: draft.accountId },
    ownSeq: 1,
  });
});

Deno.test("verdictText() names what was verified, or the first record that does not verify", () => {
  const holds = { kind: "holds", records: 20, links: 19, firstSeq: 1_101, lastSeq: 1_120 } as const;
  assertEquals(
    verdictText(holds),
    "20 records verified: the chain holds from record 1,101 to 1,120.",
  );
  assertMatch(verdictText({ ...holds, links: 3 }), /^20 records verified: each hash from record/);
  assertEquals(
    verdictText({ kind: "broken", seq: 7, reason: "it does not follow the record before it" }),
    "Record 7 does not verify: it does not follow the record before it.",
  );
});

Deno.test("errorWords() tells a missing page from a failing one, and never a code alone", () => {
  assertEquals(errorWords(404, "").title, "There is no such page");
  assertEquals(errorWords(403, "From another site.").details, "From another site.");
  assertEquals(errorWords(500, "secret").details.includes("secret"), false);
});

Deno.test("whyNotBet() lets players bet, and demo visitors who are about to be one", () => {
  assertEquals(whyNotBet({ role: "player" }, true), null);
  assertEquals(whyNotBet(null, true), null);
  assertEquals(whyNotBet(null, false), "Sign in to place bets.");
  assertMatch(whyNotBet({ role: "auditor" }, true) ?? "", /auditor cannot place bets/);
});

Deno.test("insteadOfBalance() never shows a balance that nobody has", () => {
  assertEquals(insteadOfBalance(null, true), "£–");
  assertEquals(insteadOfBalance(null, false), "Sign in");
  assertEquals(insteadOfBalance({ role: "auditor" }, true), "No account");
});

Deno.test("readCursor() takes whole numbers from 1 and nothing else", () => {
  assertEquals(readCursor("21"), 21);
  for (const text of [null, "", "0", "-1", "1.5", "1e3", "x", "9".repeat(20)]) {
    assertEquals(readCursor(text), null);
  }
});
