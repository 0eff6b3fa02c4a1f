import type { ComponentChildren } from "preact";
import Slip from "../islands/Slip.tsx";
import type { ListedEvent } from "../lib/site/lobby.ts";
import type { PriceFormat } from "../lib/site/price_text.ts";
import { EventsNav } from "./EventsNav.tsx";

/** A page to bet on. */
export interface BettingFrameProps {
  readonly events: readonly ListedEvent[];
  /** The event that the page shows; null in the lobby. */
  readonly eventId: string | null;
  readonly nowMs: number;
  readonly format: PriceFormat;
  readonly whyNot: string | null;
  readonly children: ComponentChildren;
}

/** Events on the left, the market in the middle, the slip on the right; on a phone only the middle. */
export function BettingFrame(props: BettingFrameProps) {
  const { events, eventId, nowMs, format, whyNot, children } = props;
  return (
    <div class="betting">
      <EventsNav events={events} eventId={eventId} nowMs={nowMs} />
      <main id="main" class="market" tabIndex={-1}>{children}</main>
      <div class="slip-column">
        <Slip format={format} whyNot={whyNot} />
        <noscript>
          <p class="notice notice--open">
            Placing bets needs JavaScript, which is off in this browser. Everything else can be
            read.
          </p>
        </noscript>
      </div>
    </div>
  );
}
