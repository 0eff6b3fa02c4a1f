import type { LobbyPicture, LobbyStore } from "../../ports/lobby_store.ts";
import { keys } from "./keys.ts";
import type { KvBackend } from "./kv_backend.ts";

/** A part of a picture's JSON in UTF-8, as large as a value may safely be. */
interface LobbyPart {
  /** The same for all parts of one picture. */
  readonly asOfMs: number;
  readonly parts: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const PART_BYTES = 60_000;

/** The lobby's copy in Deno KV, read without waiting for the newest write. */
export class KvLobby implements LobbyStore {
  constructor(readonly kv: Deno.Kv, readonly backend: KvBackend) {}

  async read(): Promise<LobbyPicture | null> {
    const rows = this.kv.list<LobbyPart>({ prefix: keys.allLobby() }, { consistency: "eventual" });
    const found = await Array.fromAsync(rows, (row) => row.value);
    const [first] = found;
    if (!first) return null;
    const parts = found.slice(0, first.parts);
    // A picture was put while this one was read, or a longer one has left its end behind.
    if (parts.length < first.parts || parts.some(({ asOfMs }) => asOfMs !== first.asOfMs)) {
      return null;
    }
    const text = await new Blob(parts.map(({ bytes }) => bytes)).text();
    return JSON.parse(text);
  }

  async put(picture: LobbyPicture): Promise<void> {
    const bytes = new TextEncoder().encode(JSON.stringify(picture));
    const parts = Math.ceil(bytes.byteLength / PART_BYTES);
    if (parts * (PART_BYTES + 200) > this.backend.bytesAnAtomic) {
      throw new Error(`a lobby of ${bytes.byteLength} bytes does not fit into one commit`);
    }
    const atomic = this.kv.atomic();
    for (let part = 0; part < parts; part++) {
      const slice = bytes.slice(part * PART_BYTES, (part + 1) * PART_BYTES);
      const value: LobbyPart = { asOfMs: picture.asOfMs, parts, bytes: slice };
      atomic.set(keys.lobby(part), value);
    }
    await atomic.commit();
  }
}
