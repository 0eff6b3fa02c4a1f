const MACHINE_PATHS = new Set(["/api", "/openapi.json", "/healthz", "/readyz"]);

/** Whether programs ask here: then problems are answered as documents, elsewhere as pages. */
export function isApiPath(pathname: string): boolean {
  return pathname.startsWith("/api/") || MACHINE_PATHS.has(pathname);
}

const SELF_SUFFICIENT = new Set(["/openapi.json", "/healthz"]);

/** Whether the answer needs the store; the others are given even while it cannot be opened. */
export function needsServices(pathname: string): boolean {
  return !SELF_SUFFICIENT.has(pathname);
}
