import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { MemoryDatabase } from "../../lib/adapters/memory/memory_database.ts";
import { MemoryLedger } from "../../lib/adapters/memory/memory_ledger.ts";
import { MemorySessions } from "../../lib/adapters/memory/memory_sessions.ts";
import { systemRandomness } from "../../lib/adapters/system/surroundings.ts";
import { endSession, findSession, startDemoSession } from "../../lib/app/demo_sessions.ts";
import { GroupCommitter } from "../../lib/app/group_committer.ts";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { ALICE, NOON_MS, noWait, sha256 } from "../given.ts";

const POLICY = { ...DEFAULT_POLICY, sessionMs: 1_000 };
const PLAYER = { role: "player", name: null, keep: null } as const;

/** Sessions in memory, with a clock that the test sets. */
function openSessions() {
  const database = new MemoryDatabase();
  const time = { nowMs: NOON_MS };
  const ledger = new MemoryLedger(database);
  const brake = { released: () => Promise.resolve(true) };
  const ports = {
    ledger,
    committer: new GroupCommitter({ ledger, brake, backoff: noWait }, POLICY),
    sessions: new MemorySessions(database),
    clock: { nowMs: () => time.nowMs },
    randomness: systemRandomness,
    sha256,
  };
  return { database, time, ports };
}

Deno.test("startDemoSession() gives a player a new account with the play money", async () => {
  const { ports } = openSessions();
  const started = await startDemoSession(ports, POLICY, { ...PLAYER, name: "Ada" });
  assert(started?.session.accountId);
  assertEquals(started.session, {
    role: "player",
    name: "Ada",
    accountId: started.session.accountId,
    staffId: null,
    expiresAtMs: NOON_MS + 1_000,
  });
  const newest = await ports.ledger.newest(started.session.accountId);
  assertEquals(newest?.state.balanceMinor, POLICY.demoGrantMinor);
  assertEquals(await findSession(ports, started.token), started.session);
});

Deno.test("startDemoSession() gives two players two accounts and two tokens", async () => {
  const { ports } = openSessions();
  const first = await startDemoSession(ports, POLICY, PLAYER);
  const second = await startDemoSession(ports, POLICY, PLAYER);
  assertNotEquals(first?.session.accountId, second?.session.accountId);
  assertNotEquals(first?.token, second?.token);
});

Deno.test("startDemoSession() keeps the account of the session it comes from, in every role", async () => {
  const { ports, database } = openSessions();
  for (const role of ["player", "trader", "auditor"] as const) {
    const asked = { role, name: null, keep: { accountId: ALICE, staffId: null } };
    assertEquals((await startDemoSession(ports, POLICY, asked))?.session.accountId, ALICE);
  }
  assertEquals(database.chains.size, 0);
});

Deno.test("startDemoSession() opens no account for a trader or an auditor", async () => {
  const { ports, database } = openSessions();
  for (const role of ["trader", "auditor"] as const) {
    const started = await startDemoSession(ports, POLICY, { ...PLAYER, role });
    assertEquals([started?.session.role, started?.session.accountId], [role, null]);
  }
  assertEquals(database.chains.size, 0);
});

Deno.test("startDemoSession() answers null, and starts none, when no account can be opened", async () => {
  const { ports, database } = openSessions();
  database.fates.push(...Array(POLICY.commitAttempts).fill("answerBusy"));
  assertEquals(await startDemoSession(ports, POLICY, PLAYER), null);
  assertEquals(database.sessions.size, 0);
});

Deno.test("findSession() finds a session until expiresAtMs, and not at exactly that time", async () => {
  const { ports, time } = openSessions();
  const started = await startDemoSession(ports, POLICY, PLAYER);
  assert(started);
  const { token, session } = started;
  time.nowMs = session.expiresAtMs - 1;
  assertEquals(await findSession(ports, token), session);
  for (const nowMs of [session.expiresAtMs, session.expiresAtMs + 1]) {
    time.nowMs = nowMs;
    assertEquals(await findSession(ports, token), null);
  }
});

Deno.test("findSession() answers null for another token, an empty one, and a digest", async () => {
  const { ports, database } = openSessions();
  const started = await startDemoSession(ports, POLICY, PLAYER);
  assert(started);
  const [digest = ""] = database.sessions.keys();
  for (
    const token of ["", "x".repeat(40), started.token.toUpperCase(), `${started.token}0`, digest]
  ) {
    assertEquals(await findSession(ports, token), null);
  }
});

Deno.test("a session is stored under the digest of its token, and the token nowhere", async () => {
  const { ports, database } = openSessions();
  const started = await startDemoSession(ports, POLICY, PLAYER);
  assert(started);
  assertEquals(/^[0-9a-z]{40}$/.test(started.token), true);
  const bytes = new TextEncoder().encode(started.token);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  assertEquals([...database.sessions.keys()], [digest]);
  const stored = [database.sessions, database.chains, database.outbox].map((map) => [...map]);
  assertEquals(JSON.stringify(stored).includes(started.token), false);
});

Deno.test("endSession() ends one session, may run twice, and leaves the others", async () => {
  const { ports } = openSessions();
  const first = await startDemoSession(ports, POLICY, PLAYER);
  const second = await startDemoSession(ports, POLICY, PLAYER);
  assert(first && second);
  await endSession(ports, first.token);
  await endSession(ports, first.token);
  assertEquals(await findSession(ports, first.token), null);
  assertEquals(await findSession(ports, second.token), second.session);
});
