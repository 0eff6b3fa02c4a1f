import { decideMarket } from "../domain/decide_market.ts";
import { followMarket, type MarketEntry } from "../domain/entry.ts";
import type { MarketState } from "../domain/market.ts";
import type { MarketChange } from "../domain/market_commands.ts";
import type { MarketRefusal } from "../domain/market_refusals.ts";
import type { LedgerStore } from "../ports/ledger_store.ts";
import {
  type Answer,
  answerRequest,
  type Asking,
  type NotDecided,
  type RequestPorts,
} from "./answer_request.ts";

/** A trader's request to change a market. */
export interface MarketAsking extends Asking {
  readonly marketId: string;
  readonly change: MarketChange;
}

/**
 * The answer to a request to change a market. `changed`: the market is as it was asked to be, and as
 * it was after that. `market_unknown` is not remembered, for there is no chain to remember it in.
 */
export type MarketAnswer =
  | {
    readonly kind: "changed";
    readonly market: MarketState;
    readonly replayed: boolean;
    readonly decidedAtMs: number;
  }
  | { readonly kind: "refused"; readonly refusal: MarketRefusal; readonly replayed: boolean }
  | { readonly kind: "market_unknown" }
  | NotDecided;

/**
 * Changes a market, or refuses to, exactly once for each request id of the market. It queues with the
 * bets of its process and commits with them: which of a bet and a suspension came first is decided by
 * the order of their entries, never by a clock.
 */
export async function changeMarket(
  ports: RequestPorts & { readonly ledger: LedgerStore },
  asking: MarketAsking,
): Promise<MarketAnswer> {
  let failure: unknown = null;
  try {
    const answer = await decideChange(ports, asking);
    if (answer.kind === "decided") return marketAnswerFrom(answer.entry, answer);
    if (answer.kind !== "contended") return answer;
  } catch (error) {
    failure = error;
  }
  // Looked up only now: a suspension must not wait for a read that nearly always finds its market.
  const [there] = await ports.ledger.markets([asking.marketId]);
  if (!there) return { kind: "market_unknown" };
  if (failure !== null) throw failure;
  return { kind: "contended" };
}

function decideChange(ports: RequestPorts, asking: MarketAsking): Promise<Answer<MarketEntry>> {
  const { marketId, requestId, actor, atMs, change } = asking;
  const { type, reason, ...named } = change;
  return answerRequest<MarketEntry>(ports, {
    query: { marketId, requestId },
    what: { do: type, reason, ...named },
    decide: ({ newest }, answers) => {
      const event = decideMarket(newest?.state ?? null, change);
      return [followMarket(newest, { marketId, atMs, actor, answers, event })];
    },
  });
}

/** The answer that an entry stored: the same whenever and however often it is read. */
function marketAnswerFrom(entry: MarketEntry, how: { readonly replayed: boolean }): MarketAnswer {
  const { event, state: market, atMs: decidedAtMs } = entry;
  const { replayed } = how;
  if (event.type === "market.refused") return { kind: "refused", refusal: event.refusal, replayed };
  return { kind: "changed", market, replayed, decidedAtMs };
}
