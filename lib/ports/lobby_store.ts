import type { OfferedEvent } from "./book.ts";

/** The lobby as it was at one moment. */
export interface LobbyPicture {
  /** Whatever had happened before this time (Unix) is in the picture. */
  readonly asOfMs: number;
  /** Earliest start first, each with its main market alone. */
  readonly events: readonly OfferedEvent[];
}

/**
 * A copy of the lobby near its readers: quick to read, and late. It is for showing only; no bet is ever
 * decided on it.
 */
export interface LobbyStore {
  /**
   * A picture that was put, not necessarily the newest; null when there is none, or none that can be
   * read whole.
   */
  read(): Promise<LobbyPicture | null>;

  /** Puts a picture in the copy's place; of several at once any may stay. */
  put(picture: LobbyPicture): Promise<void>;
}
