import { type LobbyGroup, SPORT_NAMES } from "../lib/site/lobby.ts";
import type { PriceFormat } from "../lib/site/price_text.ts";
import { EventRow } from "./EventRow.tsx";

/** The lobby's events, by sport and by the day they start on. */
export interface LobbyGroupsProps {
  readonly groups: readonly LobbyGroup[];
  readonly format: PriceFormat;
}

/** The sports of the lobby, with a way to jump between them. */
export function LobbyGroups({ groups, format }: LobbyGroupsProps) {
  return (
    <>
      {groups.length > 1 && (
        <ul class="jumps" aria-label="Sports">
          {groups.map(({ sport }) => (
            <li key={sport}>
              <a href={`#${sport}`}>{SPORT_NAMES[sport]}</a>
            </li>
          ))}
        </ul>
      )}
      {groups.map(({ sport, days }) => (
        <section class="sport" key={sport} aria-labelledby={sport}>
          <h2 id={sport}>{SPORT_NAMES[sport]}</h2>
          {days.map(({ day, events }) => (
            <div class="day" key={day}>
              <h3>{day}</h3>
              <ul>
                {events.map((listed) => (
                  <EventRow key={listed.event.id} listed={listed} format={format} />
                ))}
              </ul>
            </div>
          ))}
        </section>
      ))}
    </>
  );
}
