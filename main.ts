import { HttpError } from "fresh";
import { createApp } from "./app.ts";
import { atMost, setToWork, wireDenoHome } from "./deno_home.ts";
import { openKv } from "./lib/adapters/deno_kv/open_kv.ts";
import { listen } from "./lib/adapters/system/listen.ts";
import { OpenRequests } from "./lib/adapters/system/open_requests.ts";
import { readSettings, SettingError, type Settings } from "./lib/adapters/system/settings.ts";
import {
  systemBackoff,
  systemClock,
  systemRandomness,
} from "./lib/adapters/system/surroundings.ts";
import { offerDemoBook } from "./lib/app/offer_demo_book.ts";
import { DEFAULT_POLICY as policy } from "./lib/app/policy.ts";
import type { Services } from "./lib/app/services.ts";

/** The parts at work, and how to put them down without losing anything. */
interface Holdfast {
  readonly services: Services;
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/** How long a shutdown waits for open requests, and then for the outbox; what is left is safe in it. */
const SHUTDOWN_MS = 5_000;

async function open(settings: Settings): Promise<Holdfast> {
  const database = await openKv(settings.kv);
  const surroundings = { clock: systemClock, randomness: systemRandomness, backoff: systemBackoff };
  const { demo } = settings;
  const home = wireDenoHome(database, surroundings, {
    policy,
    demo,
    wake: () => void work.drain(),
  });
  const work = setToWork(home, database);
  if (demo) await offerDemoBook(home.services, systemClock.nowMs());
  await work.sweep();
  const { sweep, close } = work;
  return { services: home.services, sweep, close: () => close(SHUTDOWN_MS) };
}

// On Deno Deploy nothing runs between requests but what a schedule runs, and schedules are read from
// the top level. Elsewhere the sweeps of a running process are far more often.
if (Deno.env.get("DENO_DEPLOYMENT_ID") !== undefined) {
  Deno.cron("write the log and end dead holds", "* * * * *", async () => {
    await (await holdfast()).sweep();
  });
}

let opened: Promise<Holdfast> | null = null;

/** Whether the process was asked to end; from then on nothing new begins. */
let stopping = false;

/** Opens the database and wires the parts when they are first needed, once. */
function holdfast(): Promise<Holdfast> {
  return opened ??= open(readSettings(Deno.env.get));
}

/** The site and the API. Importing it opens nothing: the first request does. */
export const app = createApp(async () => {
  if (stopping) throw new HttpError(503);
  return (await holdfast()).services;
});

async function serve(): Promise<void> {
  const settings = readSettings(Deno.env.get);
  const { services, close } = await holdfast();
  // The build's own entry, which imports this module again for `app`. Its name is computed because
  // there is no such file before the first build.
  const entry = new URL("./_fresh/server.js", import.meta.url).href;
  const site: { default: { fetch: Deno.ServeHandler } } = await import(entry);
  const requests = new OpenRequests();
  const server = listen(settings, {
    handler: (request, info) => requests.follow(site.default.fetch(request, info)),
    onListen: (port) => {
      const demo = services.demo ? " (demo mode: play money)" : "";
      console.log(`Holdfast listens on http://localhost:${port}${demo}`);
    },
  });
  const stop = async () => {
    if (stopping) Deno.exit(1);
    stopping = true;
    // Deno 2.9 stops reading the bodies of open requests at once (denoland/deno#36809), so they are
    // answered before it is told to.
    await atMost(SHUTDOWN_MS, requests.answered().then(() => server.shutdown()));
    await close();
    Deno.exit(0);
  };
  Deno.addSignalListener("SIGINT", stop);
  Deno.addSignalListener("SIGTERM", stop);
}

/** One line for what the operator can mend; the whole story for what only a developer can. */
function explain(error: unknown): void {
  if (error instanceof SettingError) console.error(error.message);
  else console.error(error);
  Deno.exit(1);
}

// Not awaited: the build's entry imports this module, which must have finished by then.
if (import.meta.main) serve().catch(explain);
