import { assertEquals, assertRejects } from "@std/assert";
import { soundChain } from "./invariants.ts";
import { openCommitter, openGate, paysIn, TURNS, turns } from "./open_committer.ts";

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

for (const method of ["fits", "view", "commit"] as const) {
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
