import CopyButton from "../islands/CopyButton.tsx";
import type { Bet } from "../lib/domain/bet.ts";
import type { LegNames } from "../lib/site/leg_names.ts";
import { moneyText } from "../lib/site/money_text.ts";
import { type PriceFormat, priceText } from "../lib/site/price_text.ts";
import { TimeText } from "./TimeText.tsx";

/** A bet with the names of its legs, in their order. */
export interface BetCardProps {
  readonly bet: Bet;
  readonly legs: readonly LegNames[];
  readonly format: PriceFormat;
}

/** One bet in the list: what it is on, the money in it, when, and the id to ask about it with. */
export function BetCard({ bet, legs, format }: BetCardProps) {
  return (
    <li class="card">
      {legs.map((names, index) => {
        const price = bet.legs[index]?.price;
        return (
          <div class="card-leg" key={index}>
            <h3>
              <a href={`/bets/${bet.id}`}>{names.selection}</a>
              {price && <span class="leg-price">{priceText(price, format)}</span>}
            </h3>
            <p>{names.market} · {names.event}</p>
          </div>
        );
      })}
      <dl class="card-money">
        <div>
          <dt>Stake</dt>
          <dd>{moneyText(bet.stakeMinor, bet.currency)}</dd>
        </div>
        <div>
          <dt>Returns if it wins</dt>
          <dd>{moneyText(bet.potentialReturnsMinor, bet.currency)}</dd>
        </div>
        <div>
          <dt>Placed</dt>
          <dd>
            <TimeText atMs={bet.placedAtMs} />
          </dd>
        </div>
      </dl>
      <div class="request-id">
        <span>Request id</span> <code>{bet.requestId}</code>
        <CopyButton text={bet.requestId} what="request id" />
      </div>
    </li>
  );
}
