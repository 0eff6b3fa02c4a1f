import { assert, assertEquals } from "@std/assert";
import type { CommitFate } from "../../lib/adapters/memory/memory_database.ts";
import type { BetRequest } from "../../lib/app/backing.ts";
import { openBookmaker } from "../app/bookmaker.ts";
import { assertLogged, soundChain } from "../app/invariants.ts";
import { sequences } from "./sequences.ts";

const FATES: readonly CommitFate[] = [
  "persistAndAnswer",
  "failCommitAndNotPersist",
  "failCommitButPersist",
  "answerBusy",
  "answerConflict",
];

const ATTEMPTS = 3;

/** What the caller must hear when the attempts end so: worked out from the fates alone. */
function expectedFrom(fates: readonly CommitFate[]): "first" | "found" | "unknown" | "contended" {
  const stored = fates.findIndex((fate) =>
    fate === "persistAndAnswer" || fate === "failCommitButPersist"
  );
  if (stored !== -1) return fates[stored] === "persistAndAnswer" ? "first" : "found";
  return fates.includes("failCommitAndNotPersist") ? "unknown" : "contended";
}

const REQUESTS: { readonly [kind: string]: Partial<BetRequest> } = {
  placed: {},
  refused: { stakeMinor: 5_000 },
};

for (const [kind, request] of Object.entries(REQUESTS)) {
  for (const first of FATES) {
    Deno.test(`placeBet() of a bet that is ${kind} has one effect, whatever follows ${first}`, async () => {
      for (const rest of sequences(FATES, ATTEMPTS - 1)) {
        await checkFates({ kind, request, fates: [first, ...rest] });
      }
    });
  }
}

async function checkFates(
  asked: {
    readonly kind: string;
    readonly request: Partial<BetRequest>;
    readonly fates: readonly CommitFate[];
  },
): Promise<void> {
  const { kind, request, fates } = asked;
  const story = fates.join(", ");
  const bookmaker = await openBookmaker({ policy: { commitAttempts: ATTEMPTS } });
  const { database, ledger, drainer } = bookmaker;
  database.fates.push(...fates);
  const answer = await bookmaker.place(request);
  const expected = expectedFrom(fates);

  const stored = expected === "first" || expected === "found";
  assertEquals(answer.kind, stored ? kind : expected, story);
  assertEquals((await soundChain(ledger)).length, stored ? 3 : 2, story);

  // Asked again, the store well, it is what it was; what was in doubt happens now, for the first time.
  database.fates.splice(0);
  const again = await bookmaker.place(request);
  assert(again.kind === "placed" || again.kind === "refused");
  assertEquals([again.kind, again.replayed], [kind, stored], story);
  if (stored) assertEquals(again, { ...answer, replayed: true }, story);

  await drainer.wake();
  const chain = await soundChain(ledger);
  assertEquals(chain.length, 3, story);
  await assertLogged(bookmaker, chain);
}

Deno.test("placeBet() tries as often as the policy says and no more", async () => {
  for (const commitAttempts of [1, 2, 8]) {
    const { place, database } = await openBookmaker({ policy: { commitAttempts } });
    database.fates.push(...Array(20).fill("answerBusy"));
    assertEquals(await place(), { kind: "contended" });
    assertEquals(database.commits, commitAttempts);
  }
});
