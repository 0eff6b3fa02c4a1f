import type { App } from "../server/app.ts";
import { listen, type ListenOptions } from "../server/listen.ts";
import { ALIVE_URL } from "../shared/live_reload.ts";

const RECONNECT_AFTER_MS = 300;

/** Serves the app, and tells pages which run of the server they are connected to. */
export async function serveDevelopment<State>(
  app: App<State>,
  options: ListenOptions,
): Promise<void> {
  const handler = app.handler();
  const { basePath } = app.config;
  const run = crypto.randomUUID();
  await listen(
    (request, info) => {
      const { pathname } = new URL(request.url);
      if (pathname === basePath + ALIVE_URL) return Promise.resolve(alive(run));
      return handler(request, info);
    },
    basePath,
    options,
  );
}

// The stream stays open and says nothing more: its end is the news.
function alive(run: string): Response {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const text = `retry: ${RECONNECT_AFTER_MS}\ndata: ${run}\n\n`;
      controller.enqueue(new TextEncoder().encode(text));
    },
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}
