import { assert, assertEquals } from "@std/assert";
import type { Attempt } from "../../lib/site/attempt.ts";
import { attemptFor } from "../../lib/site/attempt.ts";
import { findOut, LOOK_UP_PAUSES_MS, place, type PlacingPorts } from "../../lib/site/placing.ts";
import type { Reply } from "../../lib/site/reply.ts";
import { aSlipLeg } from "./a_slip_leg.ts";

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
  const ports: PlacingPorts = {
    send: (sent) => answer(`send ${sent.requestId}`, sent, sends),
    lookUp: (asked) => answer(`look up ${asked.requestId}`, asked, lookUps),
    remember: ({ requestId }) => void kept.add(requestId),
    forget: ({ requestId }) => void kept.delete(requestId),
    wait: () => Promise.resolve(),
    report: (_, progress) => void log.push(progress),
  };
  return { ports, log, kept };

  function answer(words: string, { requestId, body }: Attempt, replies: Reply[]): Promise<Reply> {
    assert(kept.has(requestId), "nothing leaves before the attempt is kept");
    assertEquals(body, attempt.body);
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
