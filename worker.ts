import { HttpError } from "fresh";
import { asset } from "fresh/runtime";
import { createApp } from "./app.ts";
import { define } from "./define.ts";
import { requireBindings } from "./lib/adapters/system/bindings.ts";
import { readDemo, SettingError } from "./lib/adapters/system/settings.ts";
import type { MessageBatch } from "./lib/adapters/cloudflare/platform.ts";
import type { Services } from "./lib/app/services.ts";
import { type BuildMark, fileResponse, type SiteFile } from "./lib/http/file_response.ts";
import {
  handleDelivery,
  HOME_BINDINGS,
  type HomeBindings,
  lookAfter,
  wireWorkerHome,
} from "./worker_home.ts";

export {
  AccountObject,
  CatalogueObject,
  LogObject,
  MarketObject,
  SessionObject,
} from "./worker_home.ts";

/** What `wrangler.jsonc` binds. */
export interface WorkerEnv extends HomeBindings {
  /** The site's files. */
  readonly ASSETS: { fetch(address: URL): Promise<Response> };
  /** `on` lets anybody play with play money; what is left out is off, for a worker is hosted. */
  readonly HOLDFAST_DEMO?: string;
}

/** The bindings without which nothing is served. */
const BINDINGS = ["ASSETS", ...HOME_BINDINGS] as const satisfies readonly (keyof WorkerEnv)[];

/** What the build adds to the application: its handler with the islands, and its files by path. */
export interface BuiltSite {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly files: ReadonlyMap<string, SiteFile>;
}

/** What this isolate was given with its first request; the same for its whole life. */
let given: { readonly env: WorkerEnv; readonly site: BuiltSite } | null = null;

let home: ReturnType<typeof wireWorkerHome> | null = null;

/** The site and the API, for the build to add the islands to. Importing it asks for nothing. */
export const app = createApp(
  open,
  define.middleware(async (ctx) => {
    const path = decodeURIComponent(ctx.url.pathname);
    const file = given?.site.files.get(path);
    if (!given || !file) return await ctx.next();
    const { ASSETS } = given.env;
    const mark = buildMark();
    return await fileResponse(ctx.req, file, {
      mark,
      bundled: mark !== null && path.startsWith(`/_fresh/js/${mark.id}/`),
      open: async () => (await ASSETS.fetch(new URL(path, ctx.url))).body,
    });
  }),
);

/** The worker's handlers. The build calls it, in the entry that it bundles. */
export function createWorker(site: BuiltSite) {
  return {
    async fetch(request: Request, env: WorkerEnv): Promise<Response> {
      given ??= { env, site };
      return await site.fetch(request);
    },
    queue: handleDelivery,
    scheduled: (_: unknown, env: WorkerEnv) => lookAfter(env),
  } satisfies {
    fetch(request: Request, env: WorkerEnv): Promise<Response>;
    queue(batch: MessageBatch<string>, env: WorkerEnv): Promise<void>;
    scheduled(controller: unknown, env: WorkerEnv): Promise<void>;
  };
}

/** Wires the parts, once; what an operator has to mend is told in one line, and to the caller as a 503. */
async function open(): Promise<Services> {
  try {
    if (!given) throw new Error("the worker has had no request");
    const { env } = given;
    if (!home) {
      requireBindings(env, BINDINGS);
      home = wireWorkerHome(env, { demo: readDemo(env.HOLDFAST_DEMO, { hosted: true }) });
    }
    await home.prepare();
    return home.services;
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    console.error(error.message);
    throw new HttpError(503);
  }
}

/** How the build's addresses carry its id, as Fresh itself writes them. */
function buildMark(): BuildMark | null {
  const [mark] = new URL(asset("/any"), "file:///").searchParams;
  return mark ? { parameter: mark[0], id: mark[1] } : null;
}
