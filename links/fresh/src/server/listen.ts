/** Where to listen; everything that `Deno.serve` takes for TCP. */
export type ListenOptions =
  & Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem>
  & { remoteAddress?: string };

type Handler = (request: Request, info: Deno.ServeHandlerInfo) => Promise<Response>;

const FIRST_PORT = 8000;
const PORTS_TRIED = 20;

/** Serves until the server is shut down. */
export async function listen(
  handler: Handler,
  basePath: string,
  options: ListenOptions,
): Promise<void> {
  const announced: ListenOptions = {
    onListen: ({ hostname, port }) => {
      const host = hostname === "0.0.0.0" || hostname === "::" ? "localhost" : hostname;
      console.log(`Fresh is listening on http://${host}:${port}${basePath}/`);
    },
    ...options,
  };
  await serveOnFreePort(announced, handler).finished;
}

function serveOnFreePort(options: ListenOptions, handler: Handler): Deno.HttpServer {
  if (options.port !== undefined) return Deno.serve(options, handler);
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port++) {
    try {
      return Deno.serve({ ...options, port }, handler);
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
  throw new Error(`Ports ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} are all in use.`);
}
