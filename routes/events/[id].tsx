import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { BettingFrame } from "../../components/BettingFrame.tsx";
import { MarketSection } from "../../components/MarketSection.tsx";
import { TimeText } from "../../components/TimeText.tsx";
import { define } from "../../define.ts";
import { SPORT_NAMES } from "../../lib/site/lobby.ts";
import { priceFormatOf } from "../../lib/site/price_text.ts";
import { clockText, dayText, ZONE_WORDS } from "../../lib/site/time_text.ts";
import { whyNotBet } from "../../lib/site/viewer.ts";

/** One event with all its markets. */
export const handler = define.handlers({
  async GET({ state, params, req }) {
    const { services, session } = state;
    const events = await services.events();
    const listed = events.find(({ event }) => event.id === params["id"]);
    if (!listed) throw new HttpError(404);
    return page({
      events,
      listed,
      nowMs: services.nowMs(),
      format: priceFormatOf(req.headers.get("cookie")),
      whyNot: whyNotBet(session, services.demo),
    });
  },
});

export default define.page<typeof handler>(({ data }) => {
  const { events, listed, nowMs, format, whyNot } = data;
  const { event, markets } = listed;
  const { startsAtMs } = event;
  return (
    <BettingFrame events={events} eventId={event.id} nowMs={nowMs} format={format} whyNot={whyNot}>
      <Head>
        <title>{`${event.name} · Holdfast`}</title>
      </Head>
      <header class="page-head">
        <p class="crumb">
          <a href={`/#${event.sport}`}>{SPORT_NAMES[event.sport]}</a> · {event.competition}
        </p>
        <h1>{event.name}</h1>
        <p>
          <TimeText atMs={startsAtMs}>
            {dayText(startsAtMs, nowMs)}, {clockText(startsAtMs)}
          </TimeText>. {ZONE_WORDS}
        </p>
      </header>
      {markets.map((market) => (
        <MarketSection key={market.id} eventName={event.name} market={market} format={format} />
      ))}
      {markets.length === 0 && (
        <div class="empty">
          <p class="empty-title">No market is open on this event yet.</p>
          <p>
            Prices appear here when it is. Until then, <a href="/">see what else is on</a>.
          </p>
        </div>
      )}
    </BettingFrame>
  );
});
