import type { LobbyPicture, LobbyStore } from "../../ports/lobby_store.ts";

/** What is used of a Workers KV namespace. */
export interface LobbyNamespace {
  get(key: string, how: { readonly type: "json"; readonly cacheTtl: number }): Promise<unknown>;
  put(key: string, text: string, how: { readonly expirationTtl: number }): Promise<void>;
}

const KEY = "lobby";

/** The least that Workers KV allows: how long a place of Cloudflare's answers without asking again. */
const CACHE_SECONDS = 30;

/** A copy that nobody has drawn anew for so long is of no use to anybody. */
const KEPT_SECONDS = 3_600;

/** The lobby's copy in Workers KV, which tells a change late and in no order. */
export class WorkersKvLobby implements LobbyStore {
  constructor(readonly namespace: LobbyNamespace) {}

  async read(): Promise<LobbyPicture | null> {
    const found = await this.namespace.get(KEY, { type: "json", cacheTtl: CACHE_SECONDS });
    return found as LobbyPicture | null;
  }

  async put(picture: LobbyPicture): Promise<void> {
    await this.namespace.put(KEY, JSON.stringify(picture), { expirationTtl: KEPT_SECONDS });
  }
}
