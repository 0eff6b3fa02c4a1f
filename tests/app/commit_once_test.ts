import { assert, assertEquals, assertRejects } from "@std/assert";
import { commitOnce, type Undertaking } from "../../lib/app/commit_once.ts";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import type { Entry } from "../../lib/domain/entry.ts";
import type { CommitOutcome } from "../../lib/ports/commit_outcome.ts";
import type { LedgerStore, LedgerView } from "../../lib/ports/ledger_store.ts";
import { aBet, ALICE, entryAfter, openedWith } from "../given.ts";
import { openBookmaker } from "./bookmaker.ts";

const POLICY = { ...DEFAULT_POLICY, commitAttempts: 3 };
const QUERY = { accountId: ALICE, requestId: "request-1", marketIds: [] };
const [, DEPOSITED] = openedWith(ALICE, 1_000);
const BET = entryAfter(DEPOSITED, aBet(), { requestId: "request-1" });

/** What a read finds: nothing done yet, the bet already stored, or no answer at all. */
type Read = "not done" | "done" | "fails";

/** A ledger that plays a script, and what was asked of it. */
function scripted(script: { readonly reads: Read[]; readonly commits: CommitOutcome[] }) {
  const asked: string[] = [];
  const ledger: Pick<LedgerStore, "view" | "commit"> = {
    view(query) {
      asked.push("view");
      const read = script.reads.shift() ?? "not done";
      if (read === "fails") return Promise.reject(new Error("no answer"));
      const answered = read === "done" ? BET : null;
      const newest = answered ?? DEPOSITED;
      return Promise.resolve({ query, newest, answered, markets: new Map(), versions: null });
    },
    commit() {
      asked.push("commit");
      return Promise.resolve(script.commits.shift() ?? "committed");
    },
  };
  const backoff = {
    wait: (attempt: number) => {
      asked.push(`wait ${attempt}`);
      return Promise.resolve();
    },
  };
  return { asked, ports: { ledger: ledger as LedgerStore, backoff } };
}

const PLACES_BET: Undertaking = {
  query: QUERY,
  done: (view) => view.answered,
  decide: () => [BET],
};

Deno.test("commitOnce() reads, decides and commits once when all goes well", async () => {
  const { asked, ports } = scripted({ reads: [], commits: ["committed"] });
  assertEquals(await commitOnce(ports, POLICY, PLACES_BET), {
    kind: "done",
    entry: BET,
    byThisCall: true,
  });
  assertEquals(asked, ["view", "commit"]);
});

Deno.test("commitOnce() finds what was done before and does not decide", async () => {
  const { asked, ports } = scripted({ reads: ["done"], commits: [] });
  const decide = () => {
    throw new Error("decided twice");
  };
  assertEquals(await commitOnce(ports, POLICY, { ...PLACES_BET, decide }), {
    kind: "done",
    entry: BET,
    byThisCall: false,
  });
  assertEquals(asked, ["view"]);
});

for (const outcome of ["conflict", "busy", "unknown"] as const) {
  Deno.test(`commitOnce() reads again after ${outcome}, and commits at the next attempt`, async () => {
    const { asked, ports } = scripted({ reads: [], commits: [outcome, "committed"] });
    const result = await commitOnce(ports, POLICY, PLACES_BET);
    assertEquals(result, { kind: "done", entry: BET, byThisCall: true });
    assertEquals(asked, ["view", "commit", "wait 1", "view", "commit"]);
  });

  Deno.test(`commitOnce() looks for its own entry after ${outcome} before deciding again`, async () => {
    const { asked, ports } = scripted({ reads: ["not done", "done"], commits: [outcome] });
    const result = await commitOnce(ports, POLICY, PLACES_BET);
    assertEquals(result, { kind: "done", entry: BET, byThisCall: false });
    assertEquals(asked, ["view", "commit", "wait 1", "view"]);
  });
}

for (
  const [outcome, kind] of [["conflict", "contended"], ["busy", "contended"], [
    "unknown",
    "unknown",
  ]] as const
) {
  Deno.test(`commitOnce() answers ${kind} when every attempt ends ${outcome}, after a last look`, async () => {
    const { asked, ports } = scripted({ reads: [], commits: Array(3).fill(outcome) });
    assertEquals(await commitOnce(ports, POLICY, PLACES_BET), { kind });
    assertEquals(asked, [
      ...["view", "commit", "wait 1", "view", "commit", "wait 2", "view", "commit", "wait 3"],
      "view",
    ]);
  });

  Deno.test(`commitOnce() finds at its last look what ${outcome} hid`, async () => {
    const reads: Read[] = ["not done", "not done", "not done", "done"];
    const { ports } = scripted({ reads, commits: Array(3).fill(outcome) });
    const result = await commitOnce(ports, POLICY, PLACES_BET);
    assertEquals(result, { kind: "done", entry: BET, byThisCall: false });
  });
}

Deno.test("commitOnce() stays in doubt after one unknown, whatever follows it", async () => {
  for (
    const others of [["busy", "busy"], ["conflict", "conflict"], ["busy", "conflict"]] as const
  ) {
    for (let position = 0; position < 3; position++) {
      const commits: CommitOutcome[] = others.toSpliced(position, 0, "unknown" as never);
      const { ports } = scripted({ reads: [], commits });
      assertEquals(await commitOnce(ports, POLICY, PLACES_BET), { kind: "unknown" });
    }
  }
});

Deno.test("commitOnce() answers unknown when a read fails after a commit without an answer", async () => {
  const { ports } = scripted({ reads: ["not done", "fails"], commits: ["unknown"] });
  assertEquals(await commitOnce(ports, POLICY, PLACES_BET), { kind: "unknown" });
});

Deno.test("commitOnce() answers unknown when a read fails after a conflict, which can hide its commit", async () => {
  const first = scripted({ reads: ["not done", "fails"], commits: ["conflict"] });
  assertEquals(await commitOnce(first.ports, POLICY, PLACES_BET), { kind: "unknown" });
  const reads: Read[] = ["not done", "not done", "not done", "fails"];
  const last = scripted({ reads, commits: ["conflict", "conflict", "conflict"] });
  assertEquals(await commitOnce(last.ports, POLICY, PLACES_BET), { kind: "unknown" });
});

Deno.test("commitOnce() throws when a read fails and certainly nothing was stored", async () => {
  const first = scripted({ reads: ["fails"], commits: [] });
  await assertRejects(() => commitOnce(first.ports, POLICY, PLACES_BET), Error, "no answer");
  const busy = scripted({ reads: ["not done", "fails"], commits: ["busy"] });
  await assertRejects(() => commitOnce(busy.ports, POLICY, PLACES_BET), Error, "no answer");
  // A read after the conflict has shown that it hid nothing.
  const reads: Read[] = ["not done", "not done", "fails"];
  const later = scripted({ reads, commits: ["conflict", "busy"] });
  await assertRejects(() => commitOnce(later.ports, POLICY, PLACES_BET), Error, "no answer");
});

Deno.test("commitOnce() decides each attempt on what it has just read", async () => {
  const { ledger, database } = await openBookmaker();
  database.fates.push("answerBusy", "answerConflict");
  const seen: LedgerView[] = [];
  const ports = { ledger, backoff: { wait: grow } };
  const result = await commitOnce(ports, POLICY, {
    ...PLACES_BET,
    decide: (view) => {
      seen.push(view);
      assert(view.newest);
      return [entryAfter(view.newest, aBet(), { requestId: "request-1" })];
    },
  });
  assertEquals(seen.map((view) => view.newest?.seq), [2, 3, 4]);
  assertEquals(result.kind === "done" && [result.entry.seq, result.byThisCall], [5, true]);

  async function grow(): Promise<void> {
    const newest = await ledger.newest(ALICE);
    assert(newest);
    const view = await ledger.view({ ...QUERY, requestId: null });
    const deposited = entryAfter(newest, { type: "deposit", amountMinor: 1 });
    // Straight into the chain: the coming fates are for the commits under test.
    const fates = database.fates.splice(0);
    assertEquals(await ledger.commit(view, [deposited]), "committed");
    database.fates.push(...fates);
  }
});

Deno.test("commitOnce() answers the last of several entries, all of them stored", async () => {
  const { ledger } = await openBookmaker();
  const decide = (view: LedgerView): readonly [Entry, Entry] => {
    assert(view.newest);
    const first = entryAfter(view.newest, { type: "deposit", amountMinor: 1 });
    return [first, entryAfter(first, aBet(), { requestId: "request-1" })];
  };
  const ports = { ledger, backoff: { wait: () => Promise.resolve() } };
  const result = await commitOnce(ports, POLICY, { ...PLACES_BET, decide });
  assertEquals(result.kind === "done" && result.entry.seq, 4);
  assertEquals((await ledger.entry(ALICE, 3))?.event.type, "deposit.accepted");
});
