import { assert, assertEquals } from "@std/assert";
import type { Attempt } from "../../lib/site/attempt.ts";
import { attemptFor, stepFor } from "../../lib/site/attempt.ts";
import { findOut, LOOK_UP_PAUSES_MS, place, type PlacingPorts } from "../../lib/site/placing.ts";
import type { Reply } from "../../lib/site/reply.ts";
import { aHeldStake, aSlipLeg } from "./a_slip_leg.ts";

const attempt = attemptFor(aSlipLeg(), {
  requestId: "r1",
  accountId: "acc_1",
  stakeMinor: 500,
  priceChange: "none",
});

const ACCEPTED: Reply = {
  status: 201,
  body: {
    bet: {
      id: "bet_1",
      legs: [{ price: { num: 5, den: 2 } }],
      stakeMinor: 500,
      potentialReturnsMinor: 1_250,
    },
    account: { id: "acc_1", availableMinor: 99_500, version: 3 },
  },
};
const FOUND: Reply = { status: 200, body: {} };
const NOT_FOUND: Reply = { status: 404, body: null };

function problem(status: number, slug: string): Reply {
  return { status, body: { type: `urn:holdfast:problem:${slug}`, detail: "" } };
}

/** A browser whose network answers from two lists; what it does is written down in order. */
function browser(network: { readonly sends: Reply[]; readonly lookUps?: Reply[] }) {
  const { sends, lookUps = [] } = network;
  const log: string[] = [];
  const kept = new Set<string>();
  let nowMs = 1_000_000;
  const ports: PlacingPorts = {
    send: (sent) => answer(`send ${sent.requestId}`, sent, sends),
    lookUp: (asked) => answer(`look up ${asked.requestId}`, asked, lookUps),
    remember: ({ requestId }) => void kept.add(requestId),
    forget: ({ requestId }) => void kept.delete(requestId),
    wait: () => Promise.resolve(),
    nowMs: () => nowMs += 1_000,
    report: (_, progress) => void log.push(progress),
  };
  return { ports, log, kept };

  function answer(words: string, { requestId, body }: Attempt, replies: Reply[]): Promise<Reply> {
    assert(kept.has(requestId), "nothing leaves before the attempt is kept");
    assertEquals(body, requestId === "r1" ? attempt.body : "{}");
    log.push(words);
    return Promise.resolve(replies.shift() ?? "lost");
  }
}

Deno.test("place() keeps the attempt before it sends it, and forgets it once its fate is known", async () => {
  const { ports, log, kept } = browser({ sends: [ACCEPTED] });
  assertEquals((await place(ports, attempt)).kind, "placed");
  assertEquals(log, ["placing", "send r1"]);
  assertEquals([...kept], []);
});

Deno.test("place() forgets a refused attempt: the next try is another request", async () => {
  const { ports, kept } = browser({ sends: [problem(409, "insufficient-funds")] });
  assertEquals((await place(ports, attempt)).kind, "refused");
  assertEquals([...kept], []);
});

Deno.test("place() asks what became of the request before it sends anything again", async () => {
  for (
    const reply of ["lost", problem(503, "outcome-unknown"), { status: 502, body: null }] as const
  ) {
    const { ports, log } = browser({ sends: [reply, ACCEPTED], lookUps: [FOUND] });
    assertEquals((await place(ports, attempt)).kind, "placed");
    assertEquals(log, ["placing", "send r1", "checking", "look up r1", "send r1"]);
  }
});

Deno.test("place() keeps the attempt, for the same id again, when the server has no such request", async () => {
  const { ports, kept } = browser({ sends: ["lost"], lookUps: ["lost", NOT_FOUND] });
  const ending = await place(ports, attempt);
  assertEquals(ending, { kind: "not_placed", because: "never_arrived" });
  assertEquals([...kept], ["r1"]);
});

Deno.test("place() keeps the attempt when the server is too busy: nothing happened", async () => {
  const { ports, log, kept } = browser({ sends: [problem(503, "contended")] });
  assertEquals(await place(ports, attempt), { kind: "not_placed", because: "busy" });
  assertEquals(log, ["placing", "send r1"]);
  assertEquals([...kept], ["r1"]);
});

Deno.test("place() says that nothing was sent when the session is gone", async () => {
  const { ports } = browser({ sends: [problem(401, "unauthenticated")] });
  assertEquals(await place(ports, attempt), { kind: "signed_out", sent: "no" });
});

Deno.test("findOut() gives up after its last pause, and never forgets what it could not learn", async () => {
  const { ports, log, kept } = browser({ sends: [] });
  ports.remember(attempt);
  assertEquals(await findOut(ports, attempt), { kind: "unresolved" });
  assertEquals(log.filter((line) => line === "look up r1").length, LOOK_UP_PAUSES_MS.length);
  assertEquals(log.includes("send r1"), false);
  assertEquals([...kept], ["r1"]);
});

Deno.test("findOut() does not take a failing server for an answer", async () => {
  const lookUps = [problem(500, "internal"), problem(503, "not-ready"), NOT_FOUND];
  const { ports, log } = browser({ sends: [], lookUps });
  ports.remember(attempt);
  assertEquals((await findOut(ports, attempt)).kind, "not_placed");
  assertEquals(log.filter((line) => line === "look up r1").length, 3);
});

Deno.test("findOut() leaves open whether the bet was placed when the session is gone", async () => {
  const { ports, kept } = browser({ sends: [], lookUps: [problem(401, "unauthenticated")] });
  ports.remember(attempt);
  assertEquals(await findOut(ports, attempt), { kind: "signed_out", sent: "perhaps" });
  assertEquals([...kept], ["r1"]);
});

const hold = { ...attempt, does: "hold" } as const;
const account = { id: "acc_1", availableMinor: 99_500, version: 3 };

function heldReply(status: string, replayed = false): Reply {
  const body = {
    hold: {
      id: aHeldStake().id,
      status,
      legs: [{ price: { num: 5, den: 2 } }],
      amountMinor: 500,
      potentialReturnsMinor: 1_250,
      authorisedAt: "2026-01-01T12:00:00.000Z",
      expiresAt: "2026-01-01T12:00:30.000Z",
    },
    account,
    now: "2026-01-01T12:00:12.000Z",
  };
  return { status: 200, body, replayed };
}

Deno.test("place() of a hold counts its time from before it was sent, and keeps it for a reload", async () => {
  const { ports, kept } = browser({ sends: [heldReply("pending")] });
  const ending = await place(ports, hold);
  // Sent at 1,001 s of this browser's clock.
  assertEquals(ending.kind === "held" && [ending.untilMs, ending.account], [1_031_000, account]);
  assertEquals([...kept], ["r1"]);
});

Deno.test("place() of a hold that was authorised before asks how long it still runs", async () => {
  const network = { sends: [heldReply("pending", true)], lookUps: [heldReply("pending")] };
  const { ports, log, kept } = browser(network);
  const ending = await place(ports, hold);
  // Asked at 1,002 s, when the server said that 18 s were left.
  assertEquals(ending.kind === "held" && ending.untilMs, 1_020_000);
  assertEquals(log, ["placing", "send r1", "checking", "look up r1"]);
  assertEquals([...kept], ["r1"]);
});

Deno.test("findOut() finds a hold again after a reload, and never sends it anew", async () => {
  const { ports, log } = browser({ sends: [], lookUps: ["lost", heldReply("pending")] });
  ports.remember(hold);
  assertEquals((await findOut(ports, hold)).kind, "held");
  assertEquals(log.some((line) => line.startsWith("send")), false);
});

Deno.test("findOut() of a hold that is over forgets it, and says what became of it", async () => {
  for (const status of ["posted", "voided", "expired"] as const) {
    const { ports, kept } = browser({ sends: [], lookUps: [heldReply(status)] });
    ports.remember(hold);
    assertEquals(await findOut(ports, hold), { kind: "over", status, account: null });
    assertEquals([...kept], []);
  }
});

Deno.test("findOut() of a hold that was refused is told why, by the same request again", async () => {
  const refused: Reply = { status: 200, body: { status: "refused", problem: {} } };
  const sends = [problem(409, "price-changed")];
  const { ports, kept } = browser({ sends, lookUps: [refused] });
  ports.remember(hold);
  assertEquals((await findOut(ports, hold)).kind, "refused");
  assertEquals([...kept], []);
});

Deno.test("place() of a confirm whose reply is lost asks, and repeats the same request", async () => {
  const confirm = stepFor(hold, { does: "confirm", holdId: aHeldStake().id, requestId: "r2" });
  const { ports, log, kept } = browser({ sends: ["lost", ACCEPTED], lookUps: [FOUND] });
  assertEquals((await place(ports, confirm)).kind, "placed");
  assertEquals(log, ["placing", "send r2", "checking", "look up r2", "send r2"]);
  assertEquals([...kept], []);
});

Deno.test("place() of a confirm that came too late is refused, and forgotten", async () => {
  const confirm = stepFor(hold, { does: "confirm", holdId: aHeldStake().id, requestId: "r2" });
  const { ports, kept } = browser({ sends: [problem(410, "hold-expired")] });
  const ending = await place(ports, confirm);
  assertEquals(ending.kind === "refused" && ending.refusal.slug, "hold-expired");
  assertEquals([...kept], []);
});
