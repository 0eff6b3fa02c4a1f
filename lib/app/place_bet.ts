import type { Sha256 } from "../audit/hash.ts";
import type { AccountState } from "../domain/account.ts";
import type { Bet, PriceChange, QuotedLeg } from "../domain/bet.ts";
import { decide } from "../domain/decide.ts";
import { type Answered, type Entry, follow, nextSeq } from "../domain/entry.ts";
import { betIdOf } from "../domain/ids.ts";
import type { Refusal } from "../domain/refusals.ts";
import type { LedgerStore, LedgerView } from "../ports/ledger_store.ts";
import type { Backoff } from "../ports/surroundings.ts";
import type { AccountTurns } from "./account_turns.ts";
import { commitOnce } from "./commit_once.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Policy } from "./policy.ts";

/** A request for a bet. `atMs` is the server's time when it arrived. */
export interface BetRequest {
  readonly accountId: string;
  readonly requestId: string;
  readonly actor: string;
  readonly legs: readonly QuotedLeg[];
  readonly stakeMinor: number;
  readonly priceChange: PriceChange;
  readonly atMs: number;
}

/**
 * The answer to a request for a bet. `replayed` says that it had been answered before: nothing
 * happened now. `mismatch`: the id was used for something else. `contended`: nothing happened.
 * `unknown`: it may have, and the same request asked again will tell.
 */
export type BetAnswer =
  | {
    readonly kind: "placed";
    readonly bet: Bet;
    readonly account: AccountState;
    readonly replayed: boolean;
  }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly replayed: boolean }
  | { readonly kind: "mismatch" }
  | { readonly kind: "contended" }
  | { readonly kind: "unknown" };

/** What placing a bet needs. */
export interface BetPorts {
  readonly ledger: LedgerStore;
  readonly backoff: Backoff;
  readonly sha256: Sha256;
  readonly turns: AccountTurns;
}

/** Places a bet, or refuses it, exactly once for each account and request id. */
export async function placeBet(
  ports: BetPorts,
  policy: Policy,
  request: BetRequest,
): Promise<BetAnswer> {
  const { accountId, requestId, legs, stakeMinor, priceChange } = request;
  const answers: Answered = {
    requestId,
    fingerprint: fingerprintOf(ports.sha256, { do: "bet", legs, stakeMinor, priceChange }),
  };
  const marketIds = [...new Set(legs.map((leg) => leg.marketId))];
  const result = await ports.turns.take(accountId, () =>
    commitOnce(ports, policy, {
      query: { accountId, requestId, marketIds },
      done: (view) => view.answered,
      decide: (view) => [entryFor(view, { request, answers, policy })],
    }));
  if (!result) return { kind: "contended" };
  if (result.kind !== "done") return result;
  if (result.entry.answers?.fingerprint !== answers.fingerprint) return { kind: "mismatch" };
  return answerFrom(result.entry, { replayed: !result.byThisCall });
}

/** The answer that an entry stored: the same whenever and however often it is read. */
export function answerFrom(entry: Entry, how: { readonly replayed: boolean }): BetAnswer {
  const { event, state } = entry;
  switch (event.type) {
    case "bet.placed":
      return { kind: "placed", bet: event.bet, account: state, ...how };
    case "bet.refused":
      return { kind: "refused", refusal: event.refusal, ...how };
    default:
      throw new Error(`${event.type} is not the answer to a request for a bet`);
  }
}

function entryFor(
  view: LedgerView,
  asked: {
    readonly request: BetRequest;
    readonly answers: Answered;
    readonly policy: Policy;
  },
): Entry {
  const { request, answers, policy } = asked;
  const { accountId, requestId, actor, legs, stakeMinor, priceChange, atMs } = request;
  const { newest, markets } = view;
  const event = decide({ account: newest?.state ?? null, markets }, {
    type: "place",
    betId: betIdOf({ accountId, seq: nextSeq(newest) }),
    requestId,
    legs,
    stakeMinor,
    priceChange,
    minStakeMinor: policy.minStakeMinor,
    maxStakeMinor: policy.maxStakeMinor,
    rounding: policy.rounding,
    atMs,
  });
  return follow(newest, { accountId, atMs, actor, answers, event });
}
