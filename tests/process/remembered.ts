import { assert, assertEquals, assertMatch } from "@std/assert";
import { eventually } from "../browser/eventually.ts";
import { betHeaders, type Bettor } from "./bettor.ts";

/** A request that can be made any number of times under its key, and must count once. */
export interface Ask {
  readonly bettor: Bettor;
  readonly requestId: string;
  readonly what: "bet" | "hold" | "confirm" | "void";
  /** The hold that is confirmed or voided. */
  readonly holdId: string | null;
  readonly body: string;
}

/** An answer, to the byte. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Whether it says that the request had been answered before. */
  readonly replayed: boolean;
}

/** A request that its customer remembers, and the answer that decided it; null as long as none came. */
export interface Remembered {
  readonly ask: Ask;
  answer: Answer | null;
}

/** What is done, or refused for good, by any of these is so for ever. */
const DECIDED = new Set([200, 201, 409, 410, 422]);

/** How long a server may leave a request undecided that is made again and again. */
const DECIDED_WITHIN_MS = 20_000;

const ASKED_AT_ONCE = 16;

/** Whether the answer settles what was asked; the others ask for the same request again. */
export function decides(answer: Answer): boolean {
  return DECIDED.has(answer.status);
}

/** Makes the request once: its answer, or null when the connection ended without one. */
export async function make(url: string, ask: Ask): Promise<Answer | null> {
  try {
    const response = await fetch(url + pathOf(ask), {
      method: "POST",
      headers: betHeaders({ token: ask.bettor.token, requestId: ask.requestId }),
      body: ask.body,
    });
    const text = await response.text();
    const replayed = response.headers.get("idempotency-replayed") === "true";
    return { status: response.status, text, replayed };
  } catch (error) {
    // What fetch throws when a server dies before or within its answer.
    if (error instanceof TypeError || error instanceof Deno.errors.Http) return null;
    throw error;
  }
}

/** Makes the request until it is decided; what answers on the way do not decide it must be clean. */
export function insist(url: string, ask: Ask): Promise<Answer> {
  return eventually(async () => {
    const answer = await make(url, ask);
    if (!answer || decides(answer)) return answer;
    assertClean(answer);
    return null;
  }, { withinMs: DECIDED_WITHIN_MS, what: `an answer to ${ask.requestId}` });
}

/** Asks again for all that was decided: each answer is the first one, to the byte, and says so. */
export async function assertSameAgain(
  url: string,
  remembered: readonly Remembered[],
): Promise<void> {
  const left = remembered.values();
  const askOn = async () => {
    for (const { ask, answer } of left) {
      assertEquals(await insist(url, ask), { ...answer, replayed: true }, ask.requestId);
    }
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, askOn));
}

/**
 * A request that is not decided is told so with a document that a program can act on, and that tells
 * nothing of our insides.
 */
export function assertClean({ status, text }: Answer): void {
  assertEquals(status, 503, text);
  const { type, title, detail, ...rest } = JSON.parse(text);
  assertMatch(type, /^urn:holdfast:problem:(contended|outcome-unknown|not-ready)$/);
  for (const told of [title, detail]) assertMatch(told, /^[A-Z][^{}]+[a-z.]$/);
  for (const member of Object.keys(rest)) assert(["status", "instance"].includes(member), member);
  assert(!/\.ts:|file:|sqlite|disk|locked/i.test(text), text);
}

function pathOf({ what, holdId }: Ask): string {
  switch (what) {
    case "bet":
      return "/api/bets";
    case "hold":
      return "/api/holds";
    case "confirm":
    case "void":
      return `/api/holds/${holdId}/${what}`;
  }
}
