import MarketPrices from "../islands/MarketPrices.tsx";
import type { MarketState } from "../lib/domain/market.ts";
import type { PriceFormat } from "../lib/site/price_text.ts";

/** A market of an event page. */
export interface MarketSectionProps {
  readonly eventName: string;
  readonly market: MarketState;
  readonly format: PriceFormat;
}

const STATUS_WORDS = {
  open: null,
  suspended: "Suspended: no bets are taken just now. It may open again.",
  closed: "Closed: no more bets are taken.",
} as const;

/** One market with all its prices. */
export function MarketSection({ eventName, market, format }: MarketSectionProps) {
  const { id, name, status, selections } = market;
  const words = STATUS_WORDS[status];
  return (
    <section class="market-section" aria-labelledby={`market-${id}`}>
      <h2 id={`market-${id}`}>{name}</h2>
      {words && <p class="market-status">{words}</p>}
      <MarketPrices
        eventName={eventName}
        market={{ id, name, status, selections }}
        format={format}
      />
    </section>
  );
}
