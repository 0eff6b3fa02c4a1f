import type { MarketAnswer } from "./change_market.ts";
import type { HoldAnswer } from "./holds.ts";
import type { BetAnswer } from "./place_bet.ts";
import type { Services } from "./services.ts";

/** What a caller is told; `late` when it is how things stand now, instead of the first answer again. */
export interface Told {
  readonly answer: BetAnswer | HoldAnswer;
  readonly late: boolean;
}

/**
 * What a repeated request is told: the very answer that the first one got and, from `replayMs` after
 * the decision on, the bet or hold and the account as they are now. A refusal stays the refusal.
 */
export async function toldNow(
  services: Pick<Services, "policy" | "nowMs" | "account" | "bet" | "hold">,
  answer: BetAnswer | HoldAnswer,
): Promise<Told> {
  switch (answer.kind) {
    case "placed":
    case "confirmed": {
      if (!isLate(services, answer)) return { answer, late: false };
      const { accountId, id } = answer.bet;
      const [bet, account] = await Promise.all([
        services.bet(accountId, id),
        services.account(accountId),
      ]);
      if (!bet || !account) throw new Error(`bet ${id} was placed, and is not there`);
      return { answer: { ...answer, bet, account }, late: true };
    }
    case "held": {
      if (!isLate(services, answer)) return { answer, late: false };
      const { accountId, id } = answer.hold;
      const [fate, account] = await Promise.all([
        services.hold(accountId, id),
        services.account(accountId),
      ]);
      if (!fate || !account) throw new Error(`hold ${id} was authorised, and is not there`);
      return { answer: { ...answer, ...fate, account }, late: true };
    }
    default:
      return { answer, late: false };
  }
}

/**
 * The same of a change of a market: the very answer that the first request got and, from `replayMs`
 * after the decision on, the market as it is now.
 */
export async function changeToldNow(
  services: Pick<Services, "policy" | "nowMs" | "market">,
  answer: MarketAnswer,
): Promise<MarketAnswer> {
  if (answer.kind !== "changed" || !isLate(services, answer)) return answer;
  const market = await services.market(answer.market.id);
  if (!market) throw new Error(`market ${answer.market.id} was changed, and is not there`);
  return { ...answer, market };
}

/** A clock that jumped back makes nothing late. */
function isLate(
  { policy, nowMs }: Pick<Services, "policy" | "nowMs">,
  answer: { readonly replayed: boolean; readonly decidedAtMs: number },
): boolean {
  return answer.replayed && nowMs() - answer.decidedAtMs >= policy.replayMs;
}
