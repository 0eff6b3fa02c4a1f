import type { MarketAnswer } from "../../../lib/app/change_market.ts";
import type { BetAnswer } from "../../../lib/app/place_bet.ts";
import type { HoldAnswer } from "../../../lib/app/holds.ts";
import type { PriceChange, QuotedLeg } from "../../../lib/domain/bet.ts";
import { type Entry, isMarketEntry } from "../../../lib/domain/entry.ts";
import type { MarketChange } from "../../../lib/domain/market_commands.ts";
import { requestIn } from "./market_check.ts";
import { isOutside } from "./reasons.ts";
import { same } from "./same.ts";

/** A request as it arrives at a process. */
export type Asked = AskedBacking | AskedOfHold | AskedOfMarket;

/** What somebody is told. */
export type Told = BetAnswer | HoldAnswer | MarketAnswer;

/** A bet, or a hold for one. */
export interface AskedBacking extends AskedByAccount {
  readonly do: "bet" | "hold";
  readonly legs: readonly QuotedLeg[];
  readonly stakeMinor: number;
  readonly priceChange: PriceChange;
}

/** What is to become of a hold. */
export interface AskedOfHold extends AskedByAccount {
  readonly do: "confirm" | "void";
  readonly holdId: string;
}

/** How a market is to be changed. */
export interface AskedOfMarket extends AskedBy {
  readonly do: "change";
  readonly marketId: string;
  readonly change: MarketChange;
}

interface AskedByAccount extends AskedBy {
  readonly accountId: string;
}

interface AskedBy {
  readonly requestId: string;
  readonly actor: string;
  readonly atMs: number;
}

/** Whether an entry can be the answer to a request; bodies under one id differ in what is seen here. */
export function isAbout(entry: Entry, asked: Asked): boolean {
  if (isMarketEntry(entry)) {
    if (asked.do !== "change" || asked.marketId !== entry.marketId) return false;
    const { reason, ...change } = asked.change;
    return same(requestIn(entry.event), change) && entry.event.reason === reason;
  }
  const { event } = entry;
  switch (event.type) {
    case "bet.placed":
      if (event.hold) return asked.do === "confirm" && asked.holdId === event.hold.id;
      return isBacking(asked, "bet", { ...event.bet, priceChange: event.priceChange });
    case "bet.refused":
      return isBacking(asked, "bet", event);
    case "hold.authorised": {
      const { hold } = event;
      return isBacking(asked, "hold", { ...hold, stakeMinor: hold.amountMinor });
    }
    case "hold.voided":
      return asked.do === "void" && asked.holdId === event.hold.id;
    case "hold.refused": {
      const { asked: told } = event;
      if (told.action === "authorise") return isBacking(asked, "hold", told);
      return asked.do === told.action && asked.holdId === told.holdId;
    }
    default:
      return false;
  }
}

/** Whether the prices at which something was taken are such as were agreed to. */
export function isAgreed({ event }: Entry, asked: Asked): boolean {
  if (!("legs" in asked)) return true;
  const { legs: quotes, priceChange } = asked;
  const legs = event.type === "bet.placed"
    ? event.bet.legs
    : event.type === "hold.authorised"
    ? event.hold.legs
    : [];
  return legs.every(({ price }, index) => {
    const quoted = quotes[index]?.price;
    return quoted !== undefined && !isOutside(quoted, price, priceChange);
  });
}

/** What an answer tells. */
export function toldBy(answer: Told): unknown {
  switch (answer.kind) {
    case "placed":
    case "confirmed":
      return [answer.kind, answer.bet, answer.account];
    case "held":
      return [answer.status, answer.hold, answer.account];
    case "refused":
      return [answer.kind, answer.refusal];
    case "changed":
      return [answer.kind, answer.market];
    default:
      return null;
  }
}

/** What the answer that an entry stands for must tell. */
export function toBeTold(entry: Entry): unknown {
  if (isMarketEntry(entry)) {
    const { event, state } = entry;
    return event.type === "market.refused" ? ["refused", event.refusal] : ["changed", state];
  }
  const { event, state } = entry;
  switch (event.type) {
    case "bet.placed":
      return [event.hold ? "confirmed" : "placed", event.bet, state];
    case "hold.authorised":
      return ["pending", event.hold, state];
    case "hold.voided":
      return ["voided", event.hold, state];
    case "bet.refused":
    case "hold.refused":
      return ["refused", event.refusal];
    default:
      return null;
  }
}

function isBacking(
  asked: Asked,
  what: AskedBacking["do"],
  backed: Pick<AskedBacking, "legs" | "stakeMinor" | "priceChange">,
): boolean {
  return asked.do === what && asked.stakeMinor === backed.stakeMinor &&
    asked.priceChange === backed.priceChange &&
    same(asked.legs.map(selectionOf), backed.legs.map(selectionOf));
}

function selectionOf({ marketId, selectionId }: QuotedLeg): string {
  return `${marketId} ${selectionId}`;
}
