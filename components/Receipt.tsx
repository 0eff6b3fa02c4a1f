import CopyButton from "../islands/CopyButton.tsx";
import { moneyText } from "../lib/site/money_text.ts";
import { priceText } from "../lib/site/price_text.ts";
import type { BetCardProps } from "./BetCard.tsx";
import { TimeText } from "./TimeText.tsx";

/** A bet as a receipt: everything that was agreed. */
export function Receipt({ bet, legs, format }: BetCardProps) {
  return (
    <div class="panel receipt">
      {legs.map((names, index) => {
        const price = bet.legs[index]?.price;
        return (
          <div class="card-leg" key={index}>
            <h2>
              {names.selection}
              {price && <span class="leg-price">{priceText(price, format)}</span>}
            </h2>
            <p>
              {names.market} ·{" "}
              {names.eventId ? <a href={`/events/${names.eventId}`}>{names.event}</a> : names.event}
            </p>
          </div>
        );
      })}
      <dl class="facts">
        <div>
          <dt>Stake</dt>
          <dd class="amount">{moneyText(bet.stakeMinor, bet.currency)}</dd>
        </div>
        <div class="fact--main">
          <dt>Returns if it wins, stake included</dt>
          <dd class="amount">{moneyText(bet.potentialReturnsMinor, bet.currency)}</dd>
        </div>
        <div>
          <dt>State</dt>
          <dd>Open</dd>
        </div>
        <div>
          <dt>Placed (UK time)</dt>
          <dd>
            <TimeText atMs={bet.placedAtMs} />
          </dd>
        </div>
        <div>
          <dt>Bet id</dt>
          <dd>
            <code>{bet.id}</code>
          </dd>
        </div>
        <div>
          <dt>Request id</dt>
          <dd class="request-id">
            <code>{bet.requestId}</code>
            <CopyButton text={bet.requestId} what="request id" />
          </dd>
        </div>
      </dl>
    </div>
  );
}
