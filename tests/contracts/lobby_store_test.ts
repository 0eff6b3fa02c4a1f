import { assertEquals } from "@std/assert";
import { Miniflare } from "miniflare";
import {
  type LobbyNamespace,
  WorkersKvLobby,
} from "../../lib/adapters/cloudflare/workers_kv_lobby.ts";
import { SQLITE_BACKEND } from "../../lib/adapters/deno_kv/kv_backend.ts";
import { KvLobby } from "../../lib/adapters/deno_kv/kv_lobby.ts";
import { MemoryLobby } from "../../lib/adapters/memory/memory_lobby.ts";
import type { LobbyPicture, LobbyStore } from "../../lib/ports/lobby_store.ts";
import { WorkerdGuard } from "../../tasks/cloudflare/workerd_guard.ts";
import { MATCH, NOON_MS } from "../given.ts";
import { DERBY } from "./homes.ts";

/** The stores of the lobby's copy, opened empty, and how to close them. */
const STORES: {
  readonly [name: string]: () => Promise<
    { readonly lobby: LobbyStore; close(): void | Promise<void> }
  >;
} = {
  memory: () => Promise.resolve({ lobby: new MemoryLobby(), close: () => {} }),
  "Deno KV": async () => {
    const kv = await Deno.openKv(":memory:");
    return { lobby: new KvLobby(kv, SQLITE_BACKEND), close: () => kv.close() };
  },
  "Workers KV": openWorkersKv,
};

/** The namespace of a real workerd that does nothing else. */
async function openWorkersKv() {
  const guard = await WorkerdGuard.begin();
  const miniflare = new Miniflare({
    modules: true,
    script: "export default {};",
    kvNamespaces: ["LOBBY"],
  });
  // Its type is made of types of Cloudflare's that are not installed.
  const namespace: unknown = await miniflare.getKVNamespace("LOBBY");
  const lobby = new WorkersKvLobby(namespace as LobbyNamespace);
  return {
    lobby,
    close: async () => {
      await miniflare.dispose();
      await guard.close();
    },
  };
}

/** A lobby of so many events; a thousand do not fit into one value of Deno KV. */
function pictureOf(events: number, asOfMs = NOON_MS): LobbyPicture {
  return {
    asOfMs,
    events: Array.from({ length: events }, (_, number) => ({
      event: { ...DERBY, id: `derby-${number}`, name: "Zürich v Århus" },
      markets: [{ ...MATCH, id: `match-${number}` }],
    })),
  };
}

for (const [name, open] of Object.entries(STORES)) {
  Deno.test(`LobbyStore on ${name}: there is nothing before something is put`, async () => {
    const { lobby, close } = await open();
    assertEquals(await lobby.read(), null);
    await close();
  });

  Deno.test(`LobbyStore on ${name}: a picture comes back whole, large or small, and in the earlier one's place`, async () => {
    const { lobby, close } = await open();
    for (const [turn, events] of [3, 1_000, 0, 400, 1].entries()) {
      const picture = pictureOf(events, NOON_MS + turn);
      await lobby.put(picture);
      assertEquals(await lobby.read(), picture, `${events} events`);
    }
    await close();
  });
}

Deno.test("KvLobby does not put half of a lobby that is too large for one commit", async () => {
  const kv = await Deno.openKv(":memory:");
  const lobby = new KvLobby(kv, { ...SQLITE_BACKEND, bytesAnAtomic: 100_000 });
  const small = pictureOf(3);
  await lobby.put(small);
  const refused = await lobby.put(pictureOf(1_000, NOON_MS + 1)).then(() => false, () => true);
  assertEquals([refused, await lobby.read()], [true, small]);
  kv.close();
});
