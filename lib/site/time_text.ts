// Pure: how the site writes times. Every text is UK time, whoever's clock and zone it is read in.

/** What the pages say about their times. */
export const ZONE_WORDS = "All times are UK time.";

const ZONE = { timeZone: "Europe/London" } as const;
const CLOCK = new Intl.DateTimeFormat("en-GB", { ...ZONE, hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", {
  ...ZONE,
  weekday: "long",
  day: "numeric",
  month: "long",
});
const WEEKDAY = new Intl.DateTimeFormat("en-GB", { ...ZONE, weekday: "short" });
const MOMENT = new Intl.DateTimeFormat("en-GB", {
  ...ZONE,
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The time of day: "15:00". Takes Unix milliseconds, as all of these do. */
export function clockText(atMs: number): string {
  return CLOCK.format(atMs);
}

/** The day, named from today where that is plainer: "Today, Saturday 21 November". */
export function dayText(atMs: number, nowMs: number): string {
  const day = dayName(atMs);
  if (day === dayName(nowMs)) return `Today, ${day}`;
  if (day === dayName(nowMs + DAY_MS)) return `Tomorrow, ${day}`;
  return day;
}

/** The shortest useful form: the time for today, the day for later ("16:15", "Mon"). */
export function shortText(atMs: number, nowMs: number): string {
  return dayName(atMs) === dayName(nowMs) ? clockText(atMs) : WEEKDAY.format(atMs);
}

/** A moment to the second, for receipts and records: "21 Nov 2026, 15:00:03". */
export function momentText(atMs: number): string {
  return MOMENT.format(atMs);
}

/** The machine's form for `<time datetime>`: RFC 3339 in UTC. */
export function isoText(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** How long ago something was, in one unit: "0.3 s", "12 s", "4 min", "3 h", "2 days". */
export function agoText(sinceMs: number): string {
  const ms = Math.max(0, sinceMs);
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 90_000) return `${Math.floor(ms / 1_000)} s`;
  if (ms < 90 * 60_000) return `${Math.floor(ms / 60_000)} min`;
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / 3_600_000)} h`;
  return `${Math.floor(ms / DAY_MS)} days`;
}

function dayName(atMs: number): string {
  return DAY.format(atMs).replace(",", "");
}
