import { assert, assertEquals } from "@std/assert";
import type { Entry } from "../../lib/domain/entry.ts";
import { ALICE, BOB } from "../given.ts";
import { soundChain } from "./invariants.ts";
import { openCommitter, openGate, paysIn, TURNS, turns } from "./open_committer.ts";
import { PLACES_BET, scripted } from "./scripted_ledger.ts";
import { chainOf } from "../../lib/domain/chain.ts";

Deno.test("submit() commits a lone undertaking at once, without waiting for others", async () => {
  const { asked, committer } = scripted({});
  const answer = committer.submit(PLACES_BET);
  await turns(TURNS);
  // No timer and no task of the event loop has run since.
  assertEquals(asked, ["view", "commit"]);
  await answer;
});

Deno.test("submit() commits what arrives in one turn in one write, in its order", async () => {
  const { committer, ledger, sizes } = await openCommitter();
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, number) => committer.submit(paysIn(`request-${number}`))),
  );
  assertEquals(sizes, [20]);
  const seqs = results.map((result) => result.kind === "done" && result.result.seq);
  assertEquals(seqs, Array.from({ length: 20 }, (_, number) => 3 + number));
  assertEquals((await soundChain(ledger)).length, 22);
});

Deno.test("submit() commits together what arrives while a commit is in flight", async () => {
  const gate = openGate();
  const { committer, sizes } = await openCommitter({ beforeCommit: gate.wait });
  const first = committer.submit(paysIn("first"));
  await turns(TURNS);
  const others = Array.from({ length: 5 }, (_, number) => committer.submit(paysIn(`${number}`)));
  await turns(TURNS);
  assertEquals(sizes, [1]);
  gate.open();
  await Promise.all([first, ...others]);
  assertEquals(sizes, [1, 5]);
});

Deno.test("submit() writes no group larger than the store can take, or than 1,000", async () => {
  const small = await openCommitter({ store: () => ({ fits: () => 3 }) });
  await Promise.all(
    Array.from({ length: 8 }, (_, number) => small.committer.submit(paysIn(`${number}`))),
  );
  assertEquals(small.sizes, [3, 3, 2]);
  const large = await openCommitter();
  await Promise.all(
    Array.from({ length: 1_001 }, (_, number) => large.committer.submit(paysIn(`${number}`))),
  );
  assertEquals(large.sizes, [1_000, 1]);
});

Deno.test("submit() keeps the order of a line that is longer than any group", async () => {
  const { committer } = await openCommitter({ store: () => ({ fits: () => 999 }) });
  const results = await Promise.all(
    Array.from({ length: 1_005 }, (_, number) => committer.submit(paysIn(`${number}`))),
  );
  const seqs = results.map((result) => result.kind === "done" && result.result.seq);
  assertEquals(seqs, Array.from({ length: 1_005 }, (_, number) => 3 + number));
});

Deno.test("submit() shares one entry between two identical requests of one group", async () => {
  const { committer, ledger, sizes } = await openCommitter();
  const [first, second] = await Promise.all([
    committer.submit(paysIn("same")),
    committer.submit(paysIn("same")),
  ]);
  assert(first?.kind === "done" && second?.kind === "done");
  assertEquals([first.byThisCall, second.byThisCall], [true, false]);
  assertEquals(second.result, first.result);
  assertEquals([sizes, (await soundChain(ledger)).length], [[1], 3]);
});

Deno.test("submit() answers nobody of a group before its commit is stored", async () => {
  const { committer, ledger, database } = await openCommitter();
  database.fates.push("answerConflict");
  const results = await Promise.all(
    ["same", "same", "other"].map((requestId) =>
      committer.submit(paysIn(requestId)).then(async (result) => {
        assert(result.kind === "done");
        assertEquals(await ledger.entry(ALICE, result.result.seq), result.result);
        return result.byThisCall;
      })
    ),
  );
  assertEquals(results, [true, false, true]);
});

Deno.test("submit() halves a group that fails again, until what is stale stands alone", async () => {
  const sizes: number[] = [];
  const { committer, ledger } = await openCommitter({
    policy: { commitAttempts: 6 },
    store: (ledger) => ({
      commit: (view, entries) => {
        sizes.push(entries.length);
        const stale = entries.some((entry) => chainOf(entry) === BOB);
        return stale ? Promise.resolve("conflict") : ledger.commit(view, entries);
      },
    }),
  });
  const results = await Promise.all(
    Array.from(
      { length: 8 },
      (_, number) => committer.submit(paysIn(`request-${number}`, number === 5 ? BOB : ALICE)),
    ),
  );
  const kinds = results.map((result) => result.kind);
  assertEquals(kinds, [...Array(5).fill("done"), "contended", "done", "done"]);
  // The first half goes in as four; of the second half, two, and then one.
  assertEquals(sizes, [8, 8, 4, 4, 2, 2, 1, 1, 1]);
  assertEquals((await soundChain(ledger)).length, 2 + 7);
});

Deno.test("submit() gives each half of a group the attempts that are left, and no more", async () => {
  const { committer, database } = await openCommitter({ policy: { commitAttempts: 3 } });
  const commits = database.commits;
  database.fates.push(...Array(9).fill("answerBusy"));
  const results = await Promise.all(
    Array.from({ length: 4 }, (_, number) => committer.submit(paysIn(`${number}`))),
  );
  assertEquals(results, Array(4).fill({ kind: "contended" }));
  // Two as one group, and one for each half.
  assertEquals(database.commits - commits, 4);
});

Deno.test("submit() decides the next group on what is foreseen while a commit is in flight", async () => {
  const gate = openGate();
  const happened: string[] = [];
  const { committer, ledger } = await openCommitter({
    store: (ledger) => ({
      fits: () => 2,
      commit: async (view, entries) => {
        happened.push(`commit ${requestsOf(entries)}`);
        const outcome = await ledger.commit(view, entries);
        // It is stored by now, but its answer is still on the way.
        if (happened.length === 1) await gate.wait();
        return outcome;
      },
      foresee: (queries) => {
        happened.push(`foresee ${queries.map(({ requestId }) => requestId)}`);
        if (happened.length === 2) setTimeout(gate.open);
        return ledger.view(queries, { fresh: false });
      },
    }),
  });
  const results = await Promise.all(
    ["a", "b", "c", "d", "e"].map((requestId) => committer.submit(paysIn(requestId))),
  );
  assertEquals(results.map((result) => result.kind), Array(5).fill("done"));
  assertEquals(happened.slice(0, 3), ["commit a,b", "foresee c,d", "commit c,d"]);
  assertEquals((await soundChain(ledger)).length, 2 + 5);
});

for (const outcome of ["conflict", "busy", "unknown"] as const) {
  Deno.test(`submit() decides anew what it decided behind a commit that ended ${outcome}`, async () => {
    let commits = 0;
    const foreseen: string[] = [];
    const { committer, ledger } = await openCommitter({
      store: (ledger) => ({
        fits: () => 2,
        commit: async (view, entries) => {
          if (++commits > 1) return await ledger.commit(view, entries);
          // Long enough for the others to be decided behind it.
          await turns(TURNS);
          return outcome;
        },
        foresee: (queries) => {
          foreseen.push(...queries.map(({ requestId }) => String(requestId)));
          return ledger.view(queries, { fresh: false });
        },
      }),
    });
    const results = await Promise.all(
      ["a", "b", "c", "d"].map((requestId) => committer.submit(paysIn(requestId))),
    );
    for (const result of results) assert(result.kind === "done" && result.byThisCall);
    assertEquals(foreseen.slice(0, 2), ["c", "d"]);
    const chain = await soundChain(ledger);
    assertEquals(chain.slice(2).map(({ answers }) => answers?.requestId), ["a", "b", "c", "d"]);
  });
}

Deno.test("submit() waits for the landing when what follows cannot be foreseen", async () => {
  for (const foresee of [() => Promise.resolve(null), () => Promise.reject(new Error("broken"))]) {
    const { committer, sizes } = await openCommitter({ store: () => ({ fits: () => 2, foresee }) });
    const results = await Promise.all(
      ["a", "b", "c", "d", "e"].map((requestId) => committer.submit(paysIn(requestId))),
    );
    assertEquals(results.map((result) => result.kind), Array(5).fill("done"));
    assertEquals(sizes, [2, 2, 1]);
  }
});

Deno.test("submit() sends half of those who wait and fly, once it knows that the store foresees", async () => {
  const sizes: number[] = [];
  const { committer } = await openCommitter({
    store: (ledger) => ({
      commit: async (view, entries) => {
        sizes.push(entries.length);
        const outcome = await ledger.commit(view, entries);
        // It is stored by now, but its answer is still on the way.
        await turns(TURNS);
        return outcome;
      },
      foresee: (queries) => ledger.view(queries, { fresh: false }),
    }),
  });
  const all = (name: string) =>
    Promise.all(
      Array.from({ length: 100 }, (_, number) => committer.submit(paysIn(`${name} ${number}`))),
    );
  const first = all("first");
  await turns(TURNS / 2);
  await Promise.all([first, all("second")]);
  sizes.splice(0);
  await all("third");
  assertEquals(sizes.slice(0, 2), [50, 50]);
  assertEquals(sizes.reduce((sum, size) => sum + size), 100);
});

function requestsOf(entries: readonly Entry[]): string {
  return entries.map(({ answers }) => answers?.requestId).join();
}
