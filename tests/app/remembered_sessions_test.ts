import { assertEquals, assertRejects } from "@std/assert";
import { RememberedSessions } from "../../lib/adapters/system/remembered_sessions.ts";
import type { Session, SessionStore } from "../../lib/ports/session_store.ts";
import { NOON_MS } from "../given.ts";

const PLAYER: Session = {
  role: "player",
  accountId: "a",
  staffId: null,
  name: null,
  expiresAtMs: NOON_MS,
};

/** A store that counts how often it is read, and answers a read only when it is told to. */
class WatchedSessions implements SessionStore {
  readonly sessions = new Map<string, Session>([["digest", PLAYER]]);
  reads = 0;
  answering: Promise<void> = Promise.resolve();
  failing = false;

  put(tokenDigest: string, session: Session): Promise<void> {
    this.sessions.set(tokenDigest, session);
    return Promise.resolve();
  }

  async get(tokenDigest: string): Promise<Session | null> {
    this.reads++;
    const found = this.sessions.get(tokenDigest) ?? null;
    await this.answering;
    if (this.failing) throw new Error("the store is away");
    return found;
  }

  remove(tokenDigest: string): Promise<void> {
    this.sessions.delete(tokenDigest);
    return this.failing ? Promise.reject(new Error("the store is away")) : Promise.resolve();
  }
}

function remembering() {
  const store = new WatchedSessions();
  let nowMs = 1;
  const sessions = new RememberedSessions(store, () => nowMs);
  return { store, sessions, pass: (ms: number) => void (nowMs += ms) };
}

Deno.test("RememberedSessions asks for a session once, by however many at once, and again after 5 s", async () => {
  const { store, sessions, pass } = remembering();
  const found = await Promise.all([sessions.get("digest"), sessions.get("digest")]);
  assertEquals(found, [PLAYER, PLAYER]);
  pass(5_000);
  await sessions.get("digest");
  assertEquals(store.reads, 1);
  pass(1);
  await sessions.get("digest");
  assertEquals(store.reads, 2);
});

Deno.test("RememberedSessions hears within 5 s what another process ended", async () => {
  const { store, sessions, pass } = remembering();
  await sessions.get("digest");
  store.sessions.clear();
  // Being asked for does not make it known for longer.
  pass(4_000);
  await sessions.get("digest");
  pass(1_001);
  assertEquals(await sessions.get("digest"), null);
});

Deno.test("RememberedSessions knows at once what another process started", async () => {
  const { store, sessions } = remembering();
  assertEquals(await sessions.get("other"), null);
  store.sessions.set("other", PLAYER);
  assertEquals(await sessions.get("other"), PLAYER);
});

Deno.test("RememberedSessions knows no session that this process removed or replaced", async () => {
  const { sessions } = remembering();
  await sessions.get("digest");
  await sessions.put("digest", { ...PLAYER, accountId: "b" });
  assertEquals((await sessions.get("digest"))?.accountId, "b");
  await sessions.remove("digest");
  assertEquals(await sessions.get("digest"), null);
});

Deno.test("RememberedSessions keeps nothing that was read before a removal and answered after it", async () => {
  const { store, sessions } = remembering();
  const answered = Promise.withResolvers<void>();
  store.answering = answered.promise;
  const early = sessions.get("digest");
  await sessions.remove("digest");
  answered.resolve();
  assertEquals(await early, PLAYER);
  assertEquals(await sessions.get("digest"), null);
});

Deno.test("RememberedSessions keeps nothing where a removal may have happened, and no failure", async () => {
  const { store, sessions } = remembering();
  await sessions.get("digest");
  store.failing = true;
  await assertRejects(() => sessions.remove("digest"), Error, "away");
  await assertRejects(() => sessions.get("digest"), Error, "away");
  store.failing = false;
  assertEquals(await sessions.get("digest"), null);
});
