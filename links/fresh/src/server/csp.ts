import { renderedNonces } from "./context.ts";
import type { Middleware } from "./handlers.ts";

/** How the policy is written. */
export interface CSPOptions {
  /** Report breaches without preventing them. */
  reportOnly?: boolean;
  /** Where browsers send reports. */
  reportTo?: string;
  /** Directives that are added, or take the place of the default of the same name. */
  csp?: string[];
  /** On rendered pages, replace `'unsafe-inline'` by a nonce that Fresh puts on its inline tags. */
  useNonce?: boolean;
}

const DEFAULT_DIRECTIVES = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "upgrade-insecure-requests",
];

const NONCE_DIRECTIVES = new Set([
  "default-src",
  "script-src",
  "script-src-elem",
  "style-src",
  "style-src-elem",
  "style-src-attr",
]);

const nameOf = (directive: string): string => directive.trim().split(/\s+/, 1)[0] ?? "";

/** Sets a `Content-Security-Policy` on every response that passes through it. */
export function csp<State>(options: CSPOptions = {}): Middleware<State> {
  const { reportOnly = false, reportTo, useNonce = false } = options;
  const directives = mergedDirectives(options.csp ?? []);
  if (reportTo) directives.push("report-to csp-endpoint", `report-uri ${reportTo}`);
  const header = `Content-Security-Policy${reportOnly ? "-Report-Only" : ""}`;
  const policy = directives.join("; ");

  return async (ctx) => {
    const response = await ctx.next();
    const nonce = useNonce ? renderedNonces.get(response) : undefined;
    const written = nonce === undefined
      ? policy
      : directives.map((each) => withNonce(each, nonce)).join("; ");
    response.headers.set(header, written);
    if (reportTo) response.headers.set("Reporting-Endpoints", `csp-endpoint="${reportTo}"`);
    return response;
  };
}

function mergedDirectives(own: string[]): string[] {
  const merged = new Map(DEFAULT_DIRECTIVES.map((each) => [nameOf(each), each]));
  for (const each of own) merged.set(nameOf(each), each);
  return [...merged.values()];
}

function withNonce(directive: string, nonce: string): string {
  if (!NONCE_DIRECTIVES.has(nameOf(directive))) return directive;
  return directive.replace("'unsafe-inline'", `'nonce-${nonce}'`);
}
