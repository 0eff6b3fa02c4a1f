import type { DeskMarket } from "../lib/site/desk.ts";
import { LONGEST_REASON } from "../lib/site/desk_form.ts";
import type { DeskNews } from "./ExposureTable.tsx";

/** What became of a suspension that was sent; null for none. */
export interface MarketStatusFormProps {
  readonly market: DeskMarket["market"];
  readonly requestId: string;
  readonly news: DeskNews | null;
}

const DOES = {
  open: { does: "suspend", button: "Suspend", done: "The market takes bets again." },
  suspended: {
    does: "resume",
    button: "Resume",
    done: "The market is suspended. No bet is taken.",
  },
} as const;

/** Takes a market off for now or puts it on again, with a reason for the log; nothing for a closed one. */
export function MarketStatusForm({ market, requestId, news }: MarketStatusFormProps) {
  if (market.status === "closed") return null;
  const { does, button, done } = DOES[market.status];
  const id = `reason-${market.id}`;
  return (
    <form class="desk-status-form" method="post" action="/trading">
      <input type="hidden" name="market" value={market.id} />
      <input type="hidden" name="request" value={requestId} />
      <input type="hidden" name="do" value={does} />
      <label class="visually-hidden" for={id}>Reason to {does} {market.name}, for the log</label>
      <input
        id={id}
        name="reason"
        type="text"
        autocomplete="off"
        placeholder="Reason, for the log"
        maxLength={LONGEST_REASON}
        value={news?.typed ?? ""}
        aria-invalid={news?.problem ? true : undefined}
        aria-describedby={news ? `${id}-news` : undefined}
      />
      <button type="submit" class="button button--quiet">
        {button} <span class="visually-hidden">{market.name}</span>
      </button>
      {news && (
        <p
          class={news.problem ? "field-problem" : "exposure-set"}
          id={`${id}-news`}
          role="status"
        >
          {news.problem ?? done}
        </p>
      )}
    </form>
  );
}
