import { DurableObject } from "cloudflare:workers";
import type { CatalogueCalls } from "../lib/adapters/cloudflare/catalogue_calls.ts";
import { CatalogueTables } from "../lib/adapters/cloudflare/catalogue_tables.ts";
import type { ObjectState } from "../lib/adapters/cloudflare/platform.ts";
import type { SportingEvent } from "../lib/domain/market.ts";
import type { LedgerBindings } from "./bindings.ts";

/** What there is: the events on offer, and the names of all chains. */
export class CatalogueObject extends DurableObject<LedgerBindings> implements CatalogueCalls {
  readonly #tables: CatalogueTables;

  constructor(ctx: ObjectState, env: LedgerBindings) {
    super(ctx, env);
    this.#tables = new CatalogueTables(ctx.storage.sql);
  }

  register(chains: readonly string[]): Promise<void> {
    return Promise.resolve(this.#tables.register(chains));
  }

  chains(page: { readonly after: string; readonly limit: number }) {
    return Promise.resolve(this.#tables.chains(page));
  }

  offer(event: SportingEvent): Promise<void> {
    return Promise.resolve(this.#tables.offer(event));
  }

  events(): Promise<readonly SportingEvent[]> {
    return Promise.resolve(this.#tables.events());
  }

  event(eventId: string): Promise<SportingEvent | null> {
    return Promise.resolve(this.#tables.event(eventId));
  }
}
