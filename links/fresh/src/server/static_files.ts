import { BUILD_PARAMETER } from "../shared/asset.ts";
import { type BuiltFile, bundlePrefix } from "./build.ts";
import { buildOf, type Context } from "./context.ts";
import type { Middleware } from "./handlers.ts";

const ONE_YEAR = "public, max-age=31536000, immutable";

/**
 * Serves the files of the static folder and the bundles of the islands. A URL made by `asset()` is
 * cached for a year; any other is asked for again with its entity tag. Without a build: nothing.
 */
export function staticFiles<State>(): Middleware<State> {
  return async (ctx) => {
    const path = pathBelowBase(ctx);
    const file = path === null ? undefined : buildOf(ctx)?.files.get(path);
    if (path === null || file === undefined) return await ctx.next();
    if (ctx.req.method !== "GET" && ctx.req.method !== "HEAD") {
      return new Response("Method Not Allowed", { status: 405, headers: { allow: "GET, HEAD" } });
    }
    const asked = ctx.url.searchParams.get(BUILD_PARAMETER);
    if (asked !== null && asked !== buildOf(ctx)?.id) return redirectWithoutBuild(ctx.url);
    return await serve(ctx, path, file, asked !== null);
  };
}

function pathBelowBase<State>({ url, config }: Context<State>): string | null {
  if (!url.pathname.startsWith(`${config.basePath}/`)) return null;
  try {
    return decodeURIComponent(url.pathname.slice(config.basePath.length));
  } catch {
    return null;
  }
}

// The page that linked to it is of another build, so this file may not be the one it meant.
function redirectWithoutBuild(url: URL): Response {
  const search = new URLSearchParams(url.search);
  search.delete(BUILD_PARAMETER);
  const location = url.pathname + (search.size > 0 ? `?${search}` : "");
  return new Response(null, { status: 307, headers: { location } });
}

async function serve<State>(
  ctx: Context<State>,
  path: string,
  file: BuiltFile,
  versioned: boolean,
): Promise<Response> {
  const immutable = ctx.config.mode === "production" &&
    (versioned || path.startsWith(bundlePrefix(buildOf(ctx)?.id ?? "")));
  const tag = `W/"${file.hash}"`;
  const headers = new Headers({
    "content-type": file.contentType,
    "cache-control": immutable ? ONE_YEAR : "no-cache",
    etag: tag,
  });
  if (matches(ctx.req.headers.get("if-none-match"), tag)) {
    return new Response(null, { status: 304, headers });
  }
  headers.set("content-length", String(file.size));
  if (ctx.req.method === "HEAD") return new Response(null, { headers });
  return new Response(await file.open(), { headers });
}

// RFC 9110, section 13.1.2: a list of tags, compared weakly, or an asterisk.
function matches(header: string | null, tag: string): boolean {
  if (header === null) return false;
  const opaque = tag.slice(2);
  return header.split(",").some((each) => {
    const candidate = each.trim();
    return candidate === "*" || candidate.replace(/^W\//, "") === opaque;
  });
}
