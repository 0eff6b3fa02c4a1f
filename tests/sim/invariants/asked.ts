import type { BetAnswer } from "../../../lib/app/place_bet.ts";
import type { HoldAnswer } from "../../../lib/app/holds.ts";
import type { PriceChange, QuotedLeg } from "../../../lib/domain/bet.ts";
import type { Entry } from "../../../lib/domain/entry.ts";
import { isOutside } from "./reasons.ts";
import { same } from "./same.ts";

/** A request as it arrives at a process. */
export type Asked = AskedBacking | AskedOfHold;

/** A bet, or a hold for one. */
export interface AskedBacking extends AskedBy {
  readonly do: "bet" | "hold";
  readonly legs: readonly QuotedLeg[];
  readonly stakeMinor: number;
  readonly priceChange: PriceChange;
}

/** What is to become of a hold. */
export interface AskedOfHold extends AskedBy {
  readonly do: "confirm" | "void";
  readonly holdId: string;
}

interface AskedBy {
  readonly accountId: string;
  readonly requestId: string;
  readonly actor: string;
  readonly atMs: number;
}

/** Whether an entry can be the answer to a request; bodies under one id differ in what is seen here. */
export function isAbout({ event }: Entry, asked: Asked): boolean {
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
  if ("holdId" in asked) return true;
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
export function toldBy(answer: BetAnswer | HoldAnswer): unknown {
  switch (answer.kind) {
    case "placed":
    case "confirmed":
      return [answer.kind, answer.bet, answer.account];
    case "held":
      return [answer.status, answer.hold, answer.account];
    case "refused":
      return [answer.kind, answer.refusal];
    default:
      return null;
  }
}

/** What the answer that an entry stands for must tell. */
export function toBeTold({ event, state }: Entry): unknown {
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
