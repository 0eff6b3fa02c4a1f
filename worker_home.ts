import { waitUntil } from "cloudflare:workers";
import type { MessageBatch } from "./lib/adapters/cloudflare/platform.ts";
import { type LobbyNamespace, WorkersKvLobby } from "./lib/adapters/cloudflare/workers_kv_lobby.ts";
import { offerDemoBook } from "./lib/app/offer_demo_book.ts";
import type { Services } from "./lib/app/services.ts";
import { LEDGER_BINDINGS, type LedgerBindings } from "./objects/bindings.ts";
import { cloudflareServices } from "./objects/services.ts";
import { deadLetters, delivery } from "./objects/wiring.ts";

export { AccountObject } from "./objects/account_object.ts";
export { CatalogueObject } from "./objects/catalogue_object.ts";
export { LogObject } from "./objects/log_object.ts";
export { MarketObject } from "./objects/market_object.ts";
export { SessionObject } from "./objects/session_object.ts";

/** What `wrangler.jsonc` binds for the home on Durable Objects. */
export interface HomeBindings extends LedgerBindings {
  /** The lobby's copy. */
  readonly LOBBY: LobbyNamespace;
}

/** Their names: without any of them nothing is served. */
export const HOME_BINDINGS = [...LEDGER_BINDINGS, "LOBBY"] as const satisfies readonly (
  keyof HomeBindings
)[];

/** What ends the name of the queue of messages that no delivery got through. */
const DEAD = "-dead";

/** The application as one isolate has it; all that lasts is in the objects. */
export function wireWorkerHome(
  env: HomeBindings,
  { demo }: { readonly demo: boolean },
): { readonly services: Services; prepare(): Promise<void> } {
  const lobby = new WorkersKvLobby(env.LOBBY);
  const services = cloudflareServices(env, { demo, waitUntil, lobby });
  let prepared = !demo;
  return {
    services,
    // A request never waits for what another one began, because that may be cut off with it: until
    // one of them has come through, each sees to it by itself, and the book is offered once.
    prepare: async () => {
      if (prepared) return;
      await offerDemoBook(services, services.nowMs());
      prepared = true;
    },
  };
}

/** Takes a delivery of one of the queues to where it belongs. */
export async function handleDelivery(
  batch: MessageBatch<string>,
  env: HomeBindings,
): Promise<void> {
  if (batch.queue.endsWith(DEAD)) await deadLetters(env).handle(batch);
  else await delivery(env).handle(batch);
}

/** Looks after what waits to be driven again. */
export async function lookAfter(env: HomeBindings): Promise<void> {
  await deadLetters(env).driveAgain();
}
