import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import type { CommitFate } from "../../lib/adapters/memory/memory_database.ts";
import { answerFrom } from "../../lib/app/place_bet.ts";
import { ALICE } from "../given.ts";
import { placedBets, soundChain } from "../app/invariants.ts";
import { bettor, race, tally } from "./race.ts";
import { accountEntry } from "../../lib/domain/entry.ts";

/** Enough fates to use up every attempt of two callers, and then some. */
const anyFates: fc.Arbitrary<CommitFate[]> = fc.array(
  fc.constantFrom<CommitFate>(
    "persistAndAnswer",
    "failCommitAndNotPersist",
    "failCommitButPersist",
    "answerBusy",
    "answerConflict",
  ),
  { maxLength: 30, size: "max" },
);

const CALLERS = [0, 1, 2].map((number) => bettor({ requestId: `request-${number}` }));

Deno.test("placeBet() at once, with commits that fail, answers what is so, and asking again heals", async () => {
  await race({ balanceMinor: 299, callers: CALLERS, drainers: 1 }, async (answers, bookmaker) => {
    for (const [index, answer] of answers.entries()) {
      const requestId = `request-${index}`;
      const entry = await bookmaker.ledger.answer(ALICE, requestId);
      if (answer.kind === "contended") assertEquals(entry, null, "contended: nothing happened");
      else if (answer.kind !== "unknown") {
        assert(entry && (answer.kind === "placed" || answer.kind === "refused"));
        assertEquals(answerFrom(accountEntry(entry), { replayed: answer.replayed }), answer);
      }
      const again = await bookmaker.place({ requestId });
      assert(again.kind === "placed" || again.kind === "refused");
      assertEquals(again.replayed, entry !== null);
    }
    const chain = await soundChain(bookmaker.ledger);
    assertEquals([chain.length, placedBets(chain).length], [5, 2]);
  }, anyFates);
});

Deno.test("placeBet() of one request from two callers, with commits that fail, is never two bets", async () => {
  const callers = [bettor({ requestId: "same" }), bettor({ requestId: "same" })];
  await race({ balanceMinor: 1_000, callers, drainers: 1 }, async (answers, { ledger, place }) => {
    const taken = placedBets(await soundChain(ledger)).length;
    const { placed = 0, contended = 0, unknown = 0, ...others } = tally(answers);
    assertEquals([placed + contended + unknown, others], [2, {}]);
    assert(taken <= 1 && (taken === 1 || placed === 0));
    const again = await place({ requestId: "same" });
    assertEquals(again.kind === "placed" && again.replayed, taken === 1);
    assertEquals(placedBets(await soundChain(ledger)).length, 1);
  }, anyFates);
});
