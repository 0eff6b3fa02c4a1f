import type { MarketEntry } from "../../../lib/domain/entry.ts";
import type { MarketState, MarketStatus, Selection } from "../../../lib/domain/market.ts";
import type { MarketEvent, MarketRequest } from "../../../lib/domain/market_events.ts";
import type { MarketRefusal } from "../../../lib/domain/market_refusals.ts";
import { same } from "./same.ts";

/** What is wrong with a market's entry, in words, or null; by rules of our own. */
export function marketFlaw(before: MarketState | null, entry: MarketEntry): string | null {
  const { event, state, answers, actor } = entry;
  if (event.postings.length > 0) return "a change of a market moved money";
  if (event.type === "market.opened") return openedFlaw(before, entry);
  if (!before) return "a market was changed that is not there";
  if (!answers && actor !== "system") return "nobody asked for it";
  const asked = requestIn(event);
  if (!asked) return "it answers nothing";
  const wanted = carriedOut(before, asked);
  const reason = reasonAgainst(before, asked);
  if (event.type === "market.refused") {
    if (!same(event.refusal, reason)) return `${JSON.stringify(reason)} is the reason`;
    return same(state, before) ? null : "a refusal changed the market";
  }
  if (reason) return `it was done against ${reason.kind}`;
  const changes = !same({ ...wanted, version: 0 }, { ...before, version: 0 });
  if (event.type === "market.unchanged") {
    if (changes) return "it was not so already";
    return same(state, before) ? null : "what was so already changed the market";
  }
  if (!changes) return "it was so already";
  const right = same(state, { ...wanted, version: before.version + 1 });
  return right ? null : "the market does not follow from it";
}

/** What a market's event says was asked for; null for what is no answer. */
export function requestIn(event: MarketEvent): MarketRequest | null {
  switch (event.type) {
    case "market.limits_set":
      return { type: "set_limits", limits: event.limits };
    case "market.prices_set":
      return { type: "set_prices", prices: event.prices };
    case "market.suspended":
      return { type: "suspend" };
    case "market.resumed":
      return { type: "resume" };
    case "market.closed":
      return { type: "close" };
    case "market.unchanged":
    case "market.refused":
      return event.asked;
    case "market.opened":
      return null;
  }
}

function openedFlaw(before: MarketState | null, { marketId, event, state }: MarketEntry) {
  if (before) return "a market was opened twice";
  if (event.type !== "market.opened") return "a market does not begin with its opening";
  const { eventId, name, selections } = event;
  const offered = { id: marketId, eventId, name, status: "open", version: 1, selections };
  return same(state, offered) ? null : "the market is not the one that was opened";
}

function reasonAgainst(before: MarketState, asked: MarketRequest): MarketRefusal | null {
  if (before.status === "closed" && asked.type !== "close") return { kind: "market_closed" };
  const named = "limits" in asked ? asked.limits : "prices" in asked ? asked.prices : [];
  const index = named.findIndex(({ selectionId }) => (
    !before.selections.some(({ id }) => id === selectionId)
  ));
  const selectionId = named[index]?.selectionId;
  return selectionId === undefined ? null : { kind: "selection_unknown", selectionId, index };
}

function carriedOut(before: MarketState, asked: MarketRequest): MarketState {
  switch (asked.type) {
    case "set_limits":
      return changed(before, (id) => {
        const limit = asked.limits.find(({ selectionId }) => selectionId === id);
        return limit ? { liabilityCapMinor: limit.liabilityCapMinor } : {};
      });
    case "set_prices":
      return changed(before, (id) => {
        const offer = asked.prices.find(({ selectionId }) => selectionId === id);
        return offer ? { price: offer.price } : {};
      });
    case "suspend":
    case "resume":
    case "close":
      return { ...before, status: STATUS[asked.type] };
  }
}

const STATUS = {
  suspend: "suspended",
  resume: "open",
  close: "closed",
} as const satisfies { readonly [type: string]: MarketStatus };

function changed(before: MarketState, change: (id: string) => Partial<Selection>): MarketState {
  const selections = before.selections.map((one) => ({ ...one, ...change(one.id) }));
  return { ...before, selections };
}
