import MarketPrices from "../islands/MarketPrices.tsx";
import { type ListedEvent, lobbySelections } from "../lib/site/lobby.ts";
import type { PriceFormat } from "../lib/site/price_text.ts";
import { clockText } from "../lib/site/time_text.ts";
import { TimeText } from "./TimeText.tsx";

/** An event of the lobby. */
export interface EventRowProps {
  readonly listed: ListedEvent;
  readonly format: PriceFormat;
}

/** One event in the lobby: when, who, and the prices of the main market. */
export function EventRow({ listed, format }: EventRowProps) {
  const { event, markets } = listed;
  const main = markets[0];
  const selections = main ? lobbySelections(main) : [];
  const hidden = (main?.selections.length ?? 0) - selections.length;
  return (
    <li class={selections.length > 3 ? "event event--long" : "event"}>
      <p class="event-time">
        <TimeText atMs={event.startsAtMs}>{clockText(event.startsAtMs)}</TimeText>
      </p>
      <div class="event-what">
        <h4>
          <a href={`/events/${event.id}`}>{event.name}</a>
        </h4>
        <p>{[event.competition, ...moreWords(hidden, markets.length - 1)].join(" · ")}</p>
      </div>
      {main
        ? (
          <div class="event-prices">
            <MarketPrices
              eventName={event.name}
              market={{ id: main.id, name: main.name, status: main.status, selections }}
              format={format}
            />
          </div>
        )
        : <p class="event-none">No market is open yet.</p>}
    </li>
  );
}

/** What the event's own page has beyond this row. */
function moreWords(hidden: number, others: number): readonly string[] {
  const words = [];
  if (hidden > 0) words.push(hidden === 1 ? "1 more runner" : `${hidden} more runners`);
  if (others > 0) words.push(others === 1 ? "1 more market" : `${others} more markets`);
  return words;
}
