import type { Sport } from "../lib/domain/market.ts";
import { type ListedEvent, SPORT_NAMES } from "../lib/site/lobby.ts";
import { shortText } from "../lib/site/time_text.ts";

/** What is on, and where one is. */
export interface EventsNavProps {
  readonly events: readonly ListedEvent[];
  readonly eventId: string | null;
  readonly nowMs: number;
}

/** Every event under its sport, for getting from one to the next (desks). */
export function EventsNav({ events, eventId, nowMs }: EventsNavProps) {
  const sports = Object.keys(SPORT_NAMES) as Sport[];
  return (
    <nav class="events" aria-label="Events">
      {sports.map((sport) => {
        const ofSport = events
          .filter(({ event }) => event.sport === sport)
          .toSorted((a, b) => a.event.startsAtMs - b.event.startsAtMs);
        if (ofSport.length === 0) return null;
        return (
          <div class="events-sport" key={sport}>
            <p id={`nav-${sport}`}>{SPORT_NAMES[sport]}</p>
            <ul aria-labelledby={`nav-${sport}`}>
              {ofSport.map(({ event }) => (
                <li key={event.id}>
                  <a
                    href={`/events/${event.id}`}
                    aria-current={event.id === eventId ? "page" : undefined}
                  >
                    <span class="events-time">{shortText(event.startsAtMs, nowMs)}</span>{" "}
                    {event.name}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
