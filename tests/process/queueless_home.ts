import { type DenoHome, wireDenoHome } from "../../deno_home.ts";
import { type KvBackend, REMOTE_BACKEND } from "../../lib/adapters/deno_kv/kv_backend.ts";
import {
  systemBackoff,
  systemClock,
  systemRandomness,
} from "../../lib/adapters/system/surroundings.ts";
import { offerDemoBook } from "../../lib/app/offer_demo_book.ts";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";

/** So short that a test can wait for the end of a hold. */
export const HOLD_MS = 1_000;

/** The application on a database that has no queues, and can do no more than a remote one. */
export interface QueuelessHome {
  readonly home: DenoHome;
  readonly database: { readonly kv: Deno.Kv; readonly backend: KvBackend };
}

/** Wires the application over a file whose queues are taken away; nothing of it runs by itself yet. */
export async function openWithoutQueues(path: string, wake: () => void): Promise<QueuelessHome> {
  const database = { kv: withoutQueues(await Deno.openKv(path)), backend: REMOTE_BACKEND };
  const surroundings = { clock: systemClock, randomness: systemRandomness, backoff: systemBackoff };
  const policy = { ...DEFAULT_POLICY, holdMs: HOLD_MS };
  let isReady = false;
  const wakeWhenReady = () => isReady && wake();
  const home = wireDenoHome(database, surroundings, { policy, demo: true, wake: wakeWhenReady });
  await offerDemoBook(home.services, systemClock.nowMs());
  isReady = true;
  return { home, database };
}

/** A database that throws where one over a network does. */
function withoutQueues(kv: Deno.Kv): Deno.Kv {
  return new Proxy(kv, {
    get(target, member) {
      if (member === "enqueue" || member === "listenQueue") return noQueues;
      if (member === "atomic") {
        return () => {
          const atomic = target.atomic();
          atomic.enqueue = noQueues;
          return atomic;
        };
      }
      const found: unknown = Reflect.get(target, member);
      return typeof found === "function" ? found.bind(target) : found;
    },
  });
}

function noQueues(): never {
  throw new TypeError("queues are not supported here");
}
