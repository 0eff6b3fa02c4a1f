import type { PriceChange, QuotedLeg } from "../domain/bet.ts";
import { isHoldId } from "../domain/ids.ts";
import { PlaceBetBody } from "./bet_json.ts";
import { type Caller, playerAccount } from "./caller.ts";
import { NoBody } from "./hold_json.ts";
import { NO_SUCH_HOLD } from "./hold_problem.ts";
import { readIdempotencyKey } from "./idempotency_key.ts";
import type { Parsed } from "./parsed.ts";
import { segmentBeforeLast } from "./path_segment.ts";
import { readJson, readOptionalJson } from "./read_json.ts";

/** Who asks, and under which request id. */
export interface Asked {
  readonly accountId: string;
  readonly requestId: string;
  readonly actor: string;
}

/** A bet as it is asked for. */
export interface BetAsked extends Asked {
  readonly legs: readonly QuotedLeg[];
  readonly stakeMinor: number;
  readonly priceChange: PriceChange;
}

/** Reads a request for a bet or a hold. Who may ask comes first, then the key, then the body. */
export async function readBetRequest(
  request: Request,
  caller: Caller | null,
): Promise<Parsed<BetAsked>> {
  const asked = readAsked(request, caller);
  if (!asked.ok) return asked;
  const body = await readJson(request, PlaceBetBody);
  return body.ok ? { ok: true, value: { ...asked.value, ...body.value } } : body;
}

/**
 * Reads a request about the hold whose id stands before the last segment of the address. What cannot
 * be an id is answered here, so that the log keeps no text that is none.
 */
export async function readHoldRequest(
  request: Request,
  caller: Caller | null,
): Promise<Parsed<Asked & { readonly holdId: string }>> {
  const asked = readAsked(request, caller);
  if (!asked.ok) return asked;
  const body = await readOptionalJson(request, NoBody);
  if (!body.ok) return body;
  const holdId = segmentBeforeLast(new URL(request.url));
  if (holdId === null || !isHoldId(holdId)) return { ok: false, problem: NO_SUCH_HOLD };
  return { ok: true, value: { ...asked.value, holdId } };
}

function readAsked(request: Request, caller: Caller | null): Parsed<Asked> {
  const account = playerAccount(caller);
  if (!account.ok) return account;
  const key = readIdempotencyKey(request.headers);
  if (!key.ok) return key;
  const accountId = account.value;
  return {
    ok: true,
    value: { accountId, requestId: key.value, actor: `player:${accountId}` },
  };
}
