import { SettingError, type Settings } from "./settings.ts";

/**
 * Serves on the address of the settings; `onListen` is told the port. Throws {@link SettingError} when
 * nobody can listen there.
 */
export function listen(
  settings: Pick<Settings, "host" | "port">,
  serve: { readonly handler: Deno.ServeHandler; readonly onListen: (port: number) => void },
): Deno.HttpServer {
  try {
    return Deno.serve({
      port: settings.port,
      hostname: settings.host,
      automaticCompression: true,
      onListen: ({ port }) => serve.onListen(port),
    }, serve.handler);
  } catch (error) {
    throw new SettingError(reasonAgainst(settings, error));
  }
}

/**
 * Whether somebody could listen on the address of the settings just now, for who has it done by another
 * process. Throws {@link SettingError} when not.
 */
export function requireFreeAddress(settings: Pick<Settings, "host" | "port">): void {
  try {
    Deno.listen({ port: settings.port, hostname: settings.host }).close();
  } catch (error) {
    throw new SettingError(reasonAgainst(settings, error));
  }
}

function reasonAgainst({ host, port }: Pick<Settings, "host" | "port">, error: unknown): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return `PORT ${port} is in use by another program; choose another one.`;
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return `PORT ${port} may not be used by this user; choose one above 1023.`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return `HOLDFAST_HOST "${host}" cannot be listened on: ${reason}`;
}
