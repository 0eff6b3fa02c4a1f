import type { Book, OfferedEvent } from "../ports/book.ts";
import type { LobbyPicture, LobbyStore } from "../ports/lobby_store.ts";
import type { Clock } from "../ports/surroundings.ts";

/** Where the lobby can be read: from the copy near the reader, or from the markets themselves. */
export type LobbySource = "edge" | "origin";

/** One look on the way to an answer. */
export interface LobbyLook {
  readonly at: LobbySource;
  /** Of a copy: whether it was used, too old, not there, or could not be read. */
  readonly found: "used" | "too old" | "nothing" | "failed";
  readonly tookMs: number;
}

/** The lobby, where it came from, and what that cost. */
export interface LobbyReading {
  readonly source: LobbySource;
  readonly picture: LobbyPicture;
  /** In their order; the last one gave the picture. */
  readonly looks: readonly LobbyLook[];
}

/** What the lobby is read from. Without a copy every reading is from the origin. */
export interface LobbyPorts {
  readonly book: Book;
  readonly clock: Clock;
  readonly lobby?: LobbyStore;
}

/**
 * Reads the lobby. A copy counts for `staleMs` and no longer, by the clock of who reads it: so long can
 * a change stay unseen, however late the copy's own store is. One that is older is drawn anew.
 */
export async function readLobby(
  ports: LobbyPorts,
  asked: { readonly source: LobbySource; readonly staleMs: number },
): Promise<LobbyReading> {
  const looks: LobbyLook[] = [];
  if (asked.source === "edge" && ports.lobby) {
    const beganMs = ports.clock.nowMs();
    const copy = await ports.lobby.read().catch(() => "failed" as const);
    const nowMs = ports.clock.nowMs();
    const tookMs = since(beganMs, nowMs);
    if (isPicture(copy) && isCurrent(copy, { nowMs, staleMs: asked.staleMs })) {
      return { source: "edge", picture: copy, looks: [{ at: "edge", found: "used", tookMs }] };
    }
    const found = isPicture(copy) ? "too old" : copy ?? "nothing";
    looks.push({ at: "edge", found, tookMs });
  }
  const picture = await drawLobby(ports);
  const tookMs = since(picture.asOfMs, ports.clock.nowMs());
  looks.push({ at: "origin", found: "used", tookMs });
  if (asked.source === "edge") await putCopy(ports, picture);
  return { source: "origin", picture, looks };
}

/** Draws the copy anew, after a change; where that fails, the old one goes out of date by itself. */
export async function publishLobby(ports: LobbyPorts): Promise<void> {
  if (ports.lobby) await putCopy(ports, await drawLobby(ports));
}

async function drawLobby({ book, clock }: LobbyPorts): Promise<LobbyPicture> {
  // The time first: what happens while the markets are read may be in the picture, or not.
  const asOfMs = clock.nowMs();
  const events = await book.events();
  return { asOfMs, events: events.map(withMainMarket) };
}

function withMainMarket({ event, markets }: OfferedEvent): OfferedEvent {
  return { event, markets: markets.slice(0, 1) };
}

async function putCopy({ lobby }: LobbyPorts, picture: LobbyPicture): Promise<void> {
  await lobby?.put(picture).catch(() => {});
}

function isPicture(copy: LobbyPicture | null | "failed"): copy is LobbyPicture {
  return copy !== null && copy !== "failed";
}

/** A picture from the future tells of a clock that jumped, and so of nothing. */
function isCurrent(
  { asOfMs }: LobbyPicture,
  { nowMs, staleMs }: { readonly nowMs: number; readonly staleMs: number },
): boolean {
  return asOfMs <= nowMs && nowMs - asOfMs < staleMs;
}

const since = (beganMs: number, nowMs: number): number => Math.max(0, nowMs - beganMs);
