import type { LobbyPicture, LobbyStore } from "../../ports/lobby_store.ts";

/** The lobby's copy in memory. */
export class MemoryLobby implements LobbyStore {
  #picture: LobbyPicture | null = null;

  read(): Promise<LobbyPicture | null> {
    return Promise.resolve(this.#picture);
  }

  put(picture: LobbyPicture): Promise<void> {
    this.#picture = picture;
    return Promise.resolve();
  }
}
