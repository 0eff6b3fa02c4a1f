import { assert, assertEquals, assertRejects } from "@std/assert";
import { GroupCommitter, type Undertaking } from "../../lib/app/group_committer.ts";
import { DEFAULT_POLICY, type Policy } from "../../lib/app/policy.ts";
import type { Entry } from "../../lib/domain/entry.ts";
import type { LedgerStore } from "../../lib/ports/ledger_store.ts";
import { ALICE, BOB, entryAfter, noWait } from "../given.ts";
import { asks, openAlice, openBookmaker } from "./bookmaker.ts";
import { soundChain } from "./invariants.ts";
import { BET, PLACES_BET, scripted } from "./scripted_ledger.ts";

/** How many turns of the microtask queue are plenty for one commit in memory. */
const TURNS = 50;

/** A penny paid into an account under a request id; it is decided on the account as it is then. */
function paysIn(requestId: string, accountId = ALICE): Undertaking<Entry> {
  return {
    query: asks({ accountId, requestId }),
    done: (sight) => sight.answered,
    decide: ({ newest }) => {
      assert(newest);
      const before = { ...BET, accountId, ...newest };
      const entry = entryAfter(before, { type: "deposit", amountMinor: 1 }, { requestId });
      return { entries: [entry], result: entry };
    },
  };
}

/** A committer on Alice's and Bob's accounts in memory; `sizes` counts the entries of each commit. */
async function openCommitter(
  options: {
    readonly policy?: Partial<Policy>;
    /** Runs before each commit, with the entries it would write. */
    readonly beforeCommit?: (entries: readonly Entry[]) => unknown;
    /** What the store does instead. */
    readonly store?: (ledger: LedgerStore) => Partial<LedgerStore>;
    readonly released?: () => Promise<boolean>;
  } = {},
) {
  const { ledger, database } = await openBookmaker();
  await openAlice(ledger, 1_000, BOB);
  const sizes: number[] = [];
  const watched: LedgerStore = Object.assign(Object.create(ledger) as LedgerStore, {
    view: ledger.view.bind(ledger),
    commit: async (...[view, entries]: Parameters<LedgerStore["commit"]>) => {
      sizes.push(entries.length);
      await options.beforeCommit?.(entries);
      return await ledger.commit(view, entries);
    },
    ...options.store?.(ledger),
  });
  const brake = { released: options.released ?? (() => Promise.resolve(true)) };
  const ports = { ledger: watched, backoff: noWait, brake };
  const committer = new GroupCommitter(ports, { ...DEFAULT_POLICY, ...options.policy });
  return { committer, ledger, database, sizes };
}

/** A gate that commits wait at until it is opened. */
function openGate() {
  const { promise, resolve: open } = Promise.withResolvers<void>();
  return { wait: () => promise, open };
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

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
        const stale = entries.some((entry) => entry.accountId === BOB);
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

Deno.test("submit() answers contended at once when the line is full, and not for long", async () => {
  const gate = openGate();
  const { committer, sizes } = await openCommitter({
    policy: { waitingAtMost: 2 },
    beforeCommit: gate.wait,
  });
  const inFlight = committer.submit(paysIn("in flight"));
  await turns(TURNS);
  const waiting = [committer.submit(paysIn("a")), committer.submit(paysIn("b"))];
  assertEquals(await committer.submit(paysIn("c")), { kind: "contended" });
  assertEquals(sizes, [1]);
  gate.open();
  for (const result of await Promise.all([inFlight, ...waiting])) assertEquals(result.kind, "done");
  // Nothing had happened to it, and now there is room.
  const again = await committer.submit(paysIn("c"));
  assertEquals(again.kind === "done" && again.byThisCall, true);
  assertEquals(sizes, [1, 2, 1]);
});

Deno.test("submit() does the same for clients that stop waiting as for those who stay", async () => {
  const gate = openGate();
  const { committer, ledger } = await openCommitter({ beforeCommit: gate.wait });
  const left: string[] = [];
  const stayed: Promise<unknown>[] = [];
  for (let number = 0; number < 10; number++) {
    const requestId = `request-${number}`;
    const answer = committer.submit(paysIn(requestId));
    // Half of them hang up: nobody holds their answer any more.
    if (number % 2 === 0) left.push(requestId);
    else stayed.push(answer);
  }
  gate.open();
  await Promise.all(stayed);
  assertEquals((await soundChain(ledger)).length, 12);
  for (const requestId of left) {
    const again = await committer.submit(paysIn(requestId));
    assertEquals(again.kind === "done" && again.byThisCall, false);
  }
  assertEquals((await soundChain(ledger)).length, 12);
});

Deno.test("submit() passes a defect in one decision to its own caller only", async () => {
  const { committer, ledger, sizes } = await openCommitter();
  const decide = () => {
    throw new Error("mine");
  };
  const before = committer.submit(paysIn("before"));
  const failing = committer.submit({ ...paysIn("failing"), decide });
  const after = committer.submit(paysIn("after"));
  await assertRejects(() => failing, Error, "mine");
  assertEquals([(await before).kind, (await after).kind], ["done", "done"]);
  assertEquals([sizes, (await soundChain(ledger)).length], [[2], 4]);
});

for (const method of ["fits", "warm", "view", "commit"] as const) {
  Deno.test(`submit() answers everybody when ${method}() throws at once, and works on`, async () => {
    let broken = true;
    const { committer, ledger } = await openCommitter({
      store: (ledger) => ({
        [method]: (...asked: never[]) => {
          if (broken) throw new Error("the store is broken");
          return (ledger[method] as (...asked: never[]) => unknown).apply(ledger, asked);
        },
      }),
    });
    const answers = [committer.submit(paysIn("a")), committer.submit(paysIn("b"))];
    for (const answer of answers) {
      await assertRejects(() => answer, Error, "the store is broken");
    }
    broken = false;
    const again = await committer.submit(paysIn("a"));
    assertEquals(again.kind === "done" && again.byThisCall, true);
    assertEquals((await soundChain(ledger)).length, 3);
  });
}

Deno.test("submit() brings the next group's needs nearer, and does not mind when that fails", async () => {
  const warmed: (string | null)[][] = [];
  const { committer } = await openCommitter({
    // A commit takes longer than the failure of what goes on beside it.
    beforeCommit: () => new Promise((resolve) => setTimeout(resolve)),
    store: () => ({
      fits: () => 2,
      warm: (queries) => {
        warmed.push(queries.map((query) => query.requestId));
        return Promise.reject(new Error("no answer"));
      },
    }),
  });
  const results = await Promise.all(
    ["a", "b", "c", "d", "e"].map((requestId) => committer.submit(paysIn(requestId))),
  );
  assertEquals(results.map((result) => result.kind), Array(5).fill("done"));
  assertEquals(warmed, [["c", "d"], ["e"], []]);
});

Deno.test("submit() answers contended, and writes nothing, while the brake is on", async () => {
  let released = false;
  const { committer, ledger, sizes } = await openCommitter({
    released: () => Promise.resolve(released),
  });
  const both = Promise.all([committer.submit(paysIn("a")), committer.submit(paysIn("b"))]);
  assertEquals(await both, [{ kind: "contended" }, { kind: "contended" }]);
  assertEquals([sizes, (await soundChain(ledger)).length], [[], 2]);
  released = true;
  assertEquals((await committer.submit(paysIn("a"))).kind, "done");
});

Deno.test("submit() fails when the brake cannot tell, and the next one works", async () => {
  let failures = 1;
  const { committer } = await openCommitter({
    released: () => failures-- > 0 ? Promise.reject(new Error("no answer")) : Promise.resolve(true),
  });
  await assertRejects(() => committer.submit(paysIn("a")), Error, "no answer");
  assertEquals((await committer.submit(paysIn("a"))).kind, "done");
});
