import { page } from "fresh";
import { Head } from "fresh/runtime";
import { BettingFrame } from "../components/BettingFrame.tsx";
import { LobbyGroups } from "../components/LobbyGroups.tsx";
import { NothingFound } from "../components/NothingFound.tsx";
import { define } from "../define.ts";
import { lobbyGroups, searchEvents } from "../lib/site/lobby.ts";
import { priceFormatOf } from "../lib/site/price_text.ts";
import { ZONE_WORDS } from "../lib/site/time_text.ts";
import { whyNotBet } from "../lib/site/viewer.ts";

/** The lobby: everything that can be bet on, or what a search found. */
export const handler = define.handlers({
  async GET({ state, url, req }) {
    const { services, session } = state;
    const query = (url.searchParams.get("q") ?? "").trim().slice(0, 80);
    const events = await services.events();
    const nowMs = services.nowMs();
    return page({
      query,
      events,
      nowMs,
      groups: lobbyGroups(searchEvents(events, query), nowMs),
      format: priceFormatOf(req.headers.get("cookie")),
      whyNot: whyNotBet(session, services.demo),
    });
  },
});

export default define.page<typeof handler>(({ data }) => {
  const { query, events, nowMs, groups, format, whyNot } = data;
  return (
    <BettingFrame events={events} eventId={null} nowMs={nowMs} format={format} whyNot={whyNot}>
      <Head>
        <title>{query ? `“${query}” · Holdfast` : "Lobby · Holdfast"}</title>
      </Head>
      <header class="page-head">
        <h1>{query ? `Events for “${query}”` : "Lobby"}</h1>
        <p>{ZONE_WORDS}</p>
        {query && groups.length > 0 && (
          <p>
            <a href="/">Show all events</a>
          </p>
        )}
      </header>
      {groups.length > 0
        ? <LobbyGroups groups={groups} format={format} />
        : <NothingFound query={query} />}
    </BettingFrame>
  );
});
