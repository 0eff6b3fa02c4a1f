import { createDefine } from "fresh";
import type { Services } from "./lib/app/services.ts";
import type { Session } from "./lib/ports/session_store.ts";

/** What a request carries from the middlewares to its route. */
export interface State {
  /** The application, built when the first request needs it. */
  services: Services;
  /** Names this request in answers and logs, for support. Not the customer's idempotency key. */
  supportId: string;
  /** Who is asking; null for a visitor. */
  session: Session | null;
}

/** Typed helpers for routes, layouts and middlewares. */
export const define = createDefine<State>();
