import type * as z from "zod";
import { type Caller, trader } from "./caller.ts";
import { readIdempotencyKey } from "./idempotency_key.ts";
import type { Parsed } from "./parsed.ts";
import { segmentBeforeLast } from "./path_segment.ts";
import { NO_SUCH_MARKET } from "./plain_problems.ts";
import { readOptionalJson } from "./read_json.ts";

/** Which market is to be changed, who asks under which request id, and what they sent. */
export interface MarketAsked<Body> {
  readonly marketId: string;
  readonly requestId: string;
  readonly actor: string;
  readonly body: Body;
}

/**
 * Reads a request about the market whose id stands before the last segment of the address. Who may ask
 * comes first, then the key, then the body.
 */
export async function readMarketRequest<Schema extends z.ZodType>(
  request: Request,
  caller: Caller | null,
  schema: Schema,
): Promise<Parsed<MarketAsked<z.output<Schema>>>> {
  const staffId = trader(caller);
  if (!staffId.ok) return staffId;
  const key = readIdempotencyKey(request.headers);
  if (!key.ok) return key;
  const body = await readOptionalJson(request, schema);
  if (!body.ok) return body;
  const marketId = segmentBeforeLast(new URL(request.url));
  if (marketId === null) return { ok: false, problem: NO_SUCH_MARKET };
  const asked = { marketId, requestId: key.value, actor: `trader:${staffId.value}` };
  return { ok: true, value: { ...asked, body: body.value } };
}
