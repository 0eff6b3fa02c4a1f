import { useEffect } from "preact/hooks";
import { PriceButton } from "../components/slip/PriceButton.tsx";
import { loadSlip, newerPrices, slip } from "../lib/browser/slip_state.ts";
import { toggleSelection } from "../lib/browser/slip_actions.ts";
import type { MarketStatus, Selection } from "../lib/domain/market.ts";
import type { PriceFormat } from "../lib/site/price_text.ts";
import { legKey } from "../lib/site/slip.ts";

/** One market's prices, with the names that the slip will show. */
export interface MarketPricesProps {
  readonly eventName: string;
  readonly market: {
    readonly id: string;
    readonly name: string;
    readonly status: MarketStatus;
    readonly selections: readonly Selection[];
  };
  readonly format: PriceFormat;
}

/** The prices of a market as equal buttons in a grid; pressing one puts it on the slip or takes it off. */
export default function MarketPrices({ eventName, market, format }: MarketPricesProps) {
  useEffect(loadSlip, []);
  const chosen = new Set(slip.value.legs.map(legKey));
  const columns = Math.min(market.selections.length, 3);
  return (
    <div
      class={`prices prices--${columns}`}
      role="group"
      aria-label={`${eventName}, ${market.name}`}
    >
      {market.selections.map((selection) => {
        const ids = { marketId: market.id, selectionId: selection.id };
        const key = legKey(ids);
        const price = newerPrices.value.get(key) ?? selection.price;
        return (
          <PriceButton
            key={key}
            name={selection.name}
            price={price}
            before={selection.price}
            status={market.status}
            chosen={chosen.has(key)}
            format={format}
            onPress={() =>
              toggleSelection({
                ...ids,
                price,
                eventName,
                selectionName: selection.name,
                marketName: market.name,
                stakeText: "",
              })}
          />
        );
      })}
    </div>
  );
}
