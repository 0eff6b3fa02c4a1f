// Browser state, for islands only.
import { type Attempt, pathOf } from "../site/attempt.ts";
import type { Reply } from "../site/reply.ts";

/** After this long without an answer we stop waiting and ask what became of the request. */
const PATIENCE_MS = 10_000;

/** Asks the API of this site. Never throws: no answer, or an answer cut short, is "lost". */
export async function ask(path: string, init: RequestInit = {}): Promise<Reply> {
  try {
    const response = await fetch(path, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    const replayed = response.headers.get("idempotency-replayed") === "true";
    return { status: response.status, body: parsed(await response.text()), replayed };
  } catch {
    return "lost";
  }
}

/** Sends JSON; `headers` are added. */
export function post(path: string, body: string, headers: HeadersInit = {}): Promise<Reply> {
  return ask(path, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
  });
}

/** Sends an attempt's body under its request id. */
export function sendAttempt(attempt: Attempt): Promise<Reply> {
  const { body, requestId } = attempt;
  return post(pathOf(attempt), body, { "idempotency-key": requestId });
}

/** Asks what became of an attempt. */
export function lookUpAttempt({ requestId }: Attempt): Promise<Reply> {
  return ask(`/api/requests/${encodeURIComponent(requestId)}`, { cache: "no-store" });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
