import { assert, assertEquals, assertRejects } from "@std/assert";
import { GroupCommitter } from "../../lib/app/group_committer.ts";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { aBet, ALICE, entryAfter } from "../given.ts";
import { asks, openBookmaker } from "./bookmaker.ts";
import { BET, PLACES_BET, type Read, scripted } from "./scripted_ledger.ts";

const DONE = { kind: "done", result: BET } as const;

Deno.test("submit() reads, decides and commits once when all goes well", async () => {
  const { asked, committer } = scripted({});
  assertEquals(await committer.submit(PLACES_BET), { ...DONE, byThisCall: true });
  assertEquals(asked, ["view", "commit"]);
});

Deno.test("submit() finds what was done before, does not decide, and writes nothing", async () => {
  const { asked, committer } = scripted({ reads: ["done"] });
  const decide = () => {
    throw new Error("decided twice");
  };
  assertEquals(await committer.submit({ ...PLACES_BET, decide }), { ...DONE, byThisCall: false });
  assertEquals(asked, ["view"]);
});

for (const outcome of ["conflict", "busy", "unknown"] as const) {
  Deno.test(`submit() reads afresh after ${outcome}, and commits at the next attempt`, async () => {
    const { asked, committer } = scripted({ commits: [outcome] });
    assertEquals(await committer.submit(PLACES_BET), { ...DONE, byThisCall: true });
    assertEquals(asked, ["view", "commit", "wait 1", "view afresh", "commit"]);
  });

  Deno.test(`submit() looks for its own entry after ${outcome} before deciding again`, async () => {
    const { asked, committer } = scripted({ reads: ["not done", "done"], commits: [outcome] });
    assertEquals(await committer.submit(PLACES_BET), { ...DONE, byThisCall: false });
    assertEquals(asked, ["view", "commit", "wait 1", "view afresh"]);
  });
}

for (
  const [outcome, kind] of [
    ["conflict", "contended"],
    ["busy", "contended"],
    ["unknown", "unknown"],
  ] as const
) {
  Deno.test(`submit() answers ${kind} when every attempt ends ${outcome}, after a last look`, async () => {
    const { asked, committer } = scripted({ commits: Array(3).fill(outcome) });
    assertEquals(await committer.submit(PLACES_BET), { kind });
    assertEquals(asked, [
      ...["view", "commit", "wait 1", "view afresh", "commit", "wait 2", "view afresh", "commit"],
      "view afresh",
    ]);
  });

  Deno.test(`submit() finds at its last look what ${outcome} hid`, async () => {
    const reads: Read[] = ["not done", "not done", "not done", "done"];
    const { committer } = scripted({ reads, commits: Array(3).fill(outcome) });
    assertEquals(await committer.submit(PLACES_BET), { ...DONE, byThisCall: false });
  });
}

for (
  const [outcome, waits] of [
    ["conflict", [1, 2, 3, 3, 3]],
    ["busy", [1, 2, 3, 4, 5]],
    ["unknown", [1, 2, 3, 4, 5]],
  ] as const
) {
  Deno.test(`submit() waits ${waits} when ${outcome} follows ${outcome}`, async () => {
    const policy = { ...DEFAULT_POLICY, commitAttempts: waits.length + 1 };
    const { asked, committer } = scripted({ commits: Array(waits.length).fill(outcome) }, policy);
    assertEquals(await committer.submit(PLACES_BET), { ...DONE, byThisCall: true });
    assertEquals(
      asked.filter((one) => one.startsWith("wait")),
      waits.map((attempt) => `wait ${attempt}`),
    );
  });
}

Deno.test("submit() stays in doubt after one unknown, whatever follows it", async () => {
  for (
    const others of [["busy", "busy"], ["conflict", "conflict"], ["busy", "conflict"]] as const
  ) {
    for (let position = 0; position < 3; position++) {
      const commits = [...others.slice(0, position), "unknown" as const, ...others.slice(position)];
      const { committer } = scripted({ commits });
      assertEquals(await committer.submit(PLACES_BET), { kind: "unknown" });
    }
  }
});

Deno.test("submit() reads again when a read failed, within its attempts", async () => {
  const { asked, committer } = scripted({ reads: ["fails", "fails"] });
  assertEquals(await committer.submit(PLACES_BET), { ...DONE, byThisCall: true });
  assertEquals(asked, ["view", "wait 1", "view afresh", "wait 2", "view afresh", "commit"]);
});

Deno.test("submit() throws when no read answers, and nothing was tried", async () => {
  const { asked, committer } = scripted({ reads: Array(4).fill("fails") });
  await assertRejects(() => committer.submit(PLACES_BET), Error, "no answer");
  assertEquals(asked.includes("commit"), false);
  // The next one is not held up by it.
  assertEquals(await committer.submit(PLACES_BET), { ...DONE, byThisCall: true });
});

Deno.test("submit() answers unknown when reads fail after a commit without an answer", async () => {
  const reads: Read[] = ["not done", ...Array(3).fill("fails")];
  const { committer } = scripted({ reads, commits: ["unknown"] });
  assertEquals(await committer.submit(PLACES_BET), { kind: "unknown" });
  // A read that found nothing does not help: the commit can be stored later still.
  const later: Read[] = ["not done", "not done", ...Array(3).fill("fails")];
  const second = scripted({ reads: later, commits: ["unknown", "busy"] });
  assertEquals(await second.committer.submit(PLACES_BET), { kind: "unknown" });
});

Deno.test("submit() answers unknown when reads fail after a conflict, which can hide its commit", async () => {
  const reads: Read[] = ["not done", ...Array(3).fill("fails")];
  const first = scripted({ reads, commits: ["conflict"] });
  assertEquals(await first.committer.submit(PLACES_BET), { kind: "unknown" });
  const late: Read[] = ["not done", "not done", "not done", "fails"];
  const last = scripted({ reads: late, commits: ["conflict", "conflict", "conflict"] });
  assertEquals(await last.committer.submit(PLACES_BET), { kind: "unknown" });
});

Deno.test("submit() throws when reads fail and certainly nothing was stored", async () => {
  const reads: Read[] = ["not done", ...Array(3).fill("fails")];
  const busy = scripted({ reads, commits: ["busy"] });
  await assertRejects(() => busy.committer.submit(PLACES_BET), Error, "no answer");
  // A read after the conflict has shown that it hid nothing.
  const late: Read[] = ["not done", "not done", "fails", "fails"];
  const later = scripted({ reads: late, commits: ["conflict", "busy"] });
  await assertRejects(() => later.committer.submit(PLACES_BET), Error, "no answer");
});

Deno.test("submit() decides each attempt on what it has just read", async () => {
  const { ledger, database } = await openBookmaker();
  database.fates.push("answerBusy", "answerConflict");
  const brake = { released: () => Promise.resolve(true) };
  const committer = new GroupCommitter({ ledger, brake, backoff: { wait: grow } }, DEFAULT_POLICY);
  const seen: (number | undefined)[] = [];
  const result = await committer.submit({
    ...PLACES_BET,
    decide: ({ newest }) => {
      seen.push(newest?.seq);
      assert(newest);
      const entry = entryAfter({ ...BET, ...newest }, aBet(), { requestId: "request-1" });
      return { entries: [entry], result: entry };
    },
  });
  assertEquals(seen, [2, 3, 4]);
  assertEquals(result.kind === "done" && [result.result.seq, result.byThisCall], [5, true]);

  async function grow(): Promise<void> {
    const view = await ledger.view([asks()]);
    const newest = view.newest.get(ALICE);
    assert(newest);
    const deposited = entryAfter({ ...BET, ...newest }, { type: "deposit", amountMinor: 1 });
    // Straight into the chain: the coming fates are for the commits under test.
    const fates = database.fates.splice(0);
    assertEquals(await ledger.commit(view, [deposited]), "committed");
    database.fates.push(...fates);
  }
});

Deno.test("submit() decides again on what is stored when a decision on what was known fails", async () => {
  const { asked, committer } = scripted({});
  let failures = 1;
  const decide = () => {
    if (failures-- > 0) throw new Error("the account is not open");
    return { entries: [BET], result: BET };
  };
  assertEquals(await committer.submit({ ...PLACES_BET, decide }), { ...DONE, byThisCall: true });
  assertEquals(asked, ["view", "wait 1", "view afresh", "commit"]);
});

Deno.test("submit() throws when a decision fails on what is stored, and writes nothing", async () => {
  const { asked, committer } = scripted({});
  const decide = () => {
    throw new Error("mine");
  };
  await assertRejects(() => committer.submit({ ...PLACES_BET, decide }), Error, "mine");
  assertEquals(asked, ["view", "wait 1", "view afresh"]);
});

Deno.test("submit() stores all entries of one undertaking together, and answers its result", async () => {
  const { ledger, database } = await openBookmaker();
  const { ports } = scripted({});
  const committer = new GroupCommitter({ ...ports, ledger }, DEFAULT_POLICY);
  const result = await committer.submit({
    ...PLACES_BET,
    decide: ({ newest }) => {
      assert(newest);
      const first = entryAfter({ ...BET, ...newest }, { type: "deposit", amountMinor: 1 });
      const second = entryAfter(first, aBet(), { requestId: "request-1" });
      return { entries: [first, second], result: second };
    },
  });
  assertEquals(result.kind === "done" && result.result.seq, 4);
  assertEquals((await ledger.entry(ALICE, 3))?.event.type, "deposit.accepted");
  assertEquals(database.commits, 1);
});
