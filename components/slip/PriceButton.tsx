import type { MarketStatus } from "../../lib/domain/market.ts";
import { comparePrices, type Price } from "../../lib/domain/price.ts";
import { type PriceFormat, priceText } from "../../lib/site/price_text.ts";
import { Icon } from "../Icon.tsx";

/** A selection and its price now; `before` is the price the page was made with. */
export interface PriceButtonProps {
  readonly name: string;
  readonly price: Price;
  readonly before: Price;
  readonly status: MarketStatus;
  readonly chosen: boolean;
  readonly format: PriceFormat;
  readonly onPress: () => void;
}

const STATUS_WORDS = { suspended: "Suspended", closed: "Closed" } as const;

/** A price to bet at. Its name is "<selection> <price>", and "suspended" or "closed" where it is. */
export function PriceButton(props: PriceButtonProps) {
  const { name, price, before, status, chosen, format, onPress } = props;
  const movement = comparePrices(price, before);
  const moved = movement > 0 ? "up" : movement < 0 ? "down" : null;
  const text = priceText(price, format);
  return (
    <button
      type="button"
      class={`price${moved ? ` price--${moved}` : ""}`}
      aria-pressed={chosen}
      disabled={status !== "open"}
      onClick={onPress}
    >
      <span class="price-name">{name}</span> {status === "open"
        ? (
          <span class="price-value">
            {moved && <Icon name={moved} />}
            {text}
          </span>
        )
        : (
          <span class="price-off">
            <span class="visually-hidden">{text}</span> {STATUS_WORDS[status]}
          </span>
        )}
    </button>
  );
}
