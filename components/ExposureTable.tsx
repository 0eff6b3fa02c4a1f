import { capFieldText, type DeskMarket, type DeskRow } from "../lib/site/desk.ts";
import { moneyText } from "../lib/site/money_text.ts";
import { MarketStatusForm } from "./MarketStatusForm.tsx";
import { type PriceFormat, priceText } from "../lib/site/price_text.ts";

/** What became of a form that was sent, at the place it was for. */
export interface DeskNews {
  readonly marketId: string;
  /** The selection whose cap it was; null when it was about the market. */
  readonly selectionId: string | null;
  /** What is wrong with it; null when it is done. */
  readonly problem: string | null;
  /** What was typed; null when it is done. */
  readonly typed: string | null;
}

/** One market of the desk. */
export interface ExposureTableProps {
  readonly desk: DeskMarket;
  readonly news: DeskNews | null;
  readonly format: PriceFormat;
  /** By which each form of the page is known; a form sent twice is done once. */
  readonly requestId: string;
}

const STATUS_WORDS = { open: "", suspended: "Suspended", closed: "Closed" } as const;

/** A market's selections, each with what it would cost against its cap, and the cap to be changed. */
export function ExposureTable({ desk, news, format, requestId }: ExposureTableProps) {
  const { market, eventName, worstMinor, rows } = desk;
  const status = STATUS_WORDS[market.status];
  return (
    <section class="desk" aria-labelledby={`market-${market.id} market-name-${market.id}`}>
      <header class="desk-head">
        <h2 id={`market-${market.id}`}>{eventName}</h2>
        <p>
          <span id={`market-name-${market.id}`}>{market.name}</span>
          {status && <strong class="desk-status">{status}</strong>}
        </p>
        <p class="desk-worst">
          Worst case <strong class="amount">{moneyText(worstMinor, "GBP")}</strong>
        </p>
        <MarketStatusForm
          market={market}
          requestId={requestId}
          news={news?.selectionId === null ? news : null}
        />
      </header>
      <ul>
        {rows.map((row) => (
          <ExposureRow
            key={row.selection.id}
            marketId={market.id}
            row={row}
            format={format}
            requestId={requestId}
            news={news?.selectionId === row.selection.id ? news : null}
          />
        ))}
      </ul>
    </section>
  );
}

function ExposureRow(
  { marketId, row, news, format, requestId }: {
    readonly marketId: string;
    readonly row: DeskRow;
    readonly news: DeskNews | null;
    readonly format: PriceFormat;
    readonly requestId: string;
  },
) {
  const { selection, liabilityMinor, capMinor, state, shareWords } = row;
  const id = `cap-${marketId}-${selection.id}`;
  return (
    <li class="exposure">
      <p class="exposure-name" id={`${id}-name`}>
        {selection.name} <span class="leg-price">{priceText(selection.price, format)}</span>
      </p>
      <p class="exposure-words">
        <span class="amount">{moneyText(liabilityMinor, "GBP")}</span> of{" "}
        <span class="amount">{moneyText(capMinor, "GBP")}</span>
        <span class={`exposure-share exposure-share--${state}`}>{shareWords}</span>
      </p>
      <meter
        class={`exposure-bar exposure-bar--${state}`}
        min={0}
        max={Math.max(capMinor, 1)}
        value={capMinor === 0 ? 1 : Math.min(liabilityMinor, capMinor)}
        aria-labelledby={`${id}-name`}
      >
        {shareWords}
      </meter>
      <form class="exposure-cap" method="post" action="/trading">
        <input type="hidden" name="market" value={marketId} />
        <input type="hidden" name="request" value={requestId} />
        <input type="hidden" name="selection" value={selection.id} />
        <label class="visually-hidden" for={id}>Cap on {selection.name}, in pounds</label>
        <span class={news?.problem ? "stake-box stake-box--wrong" : "stake-box"}>
          <span class="stake-currency" aria-hidden="true">£</span>
          <input
            id={id}
            name="cap"
            type="text"
            inputMode="decimal"
            autocomplete="off"
            maxLength={24}
            value={news?.typed ?? capFieldText(capMinor)}
            aria-invalid={news?.problem ? true : undefined}
            aria-describedby={news ? `${id}-news` : undefined}
          />
        </span>
        <button type="submit" class="button button--quiet">
          Set cap <span class="visually-hidden">on {selection.name}</span>
        </button>
        {news && (
          <p
            class={news.problem ? "field-problem" : "exposure-set"}
            id={`${id}-news`}
            role="status"
          >
            {news.problem ?? "The cap is set. It counts from the next bet on."}
          </p>
        )}
      </form>
    </li>
  );
}
