/** One file of the site, as the build knows it. */
export interface SiteFile {
  readonly contentType: string;
  /** An entity tag (RFC 9110, section 8.8.3), as it stands in the header. */
  readonly tag: string;
  /** In bytes. */
  readonly size: number;
}

/** The parameter of an address that binds it to one build, and the id of this build. */
export interface BuildMark {
  readonly parameter: string;
  readonly id: string;
}

const ONE_YEAR = "public, max-age=31536000, immutable";

/**
 * The answer to a request for a file, by the rules of Fresh's `staticFiles()`, for a home where no
 * file system is there to serve from. `bundled` says that the path itself names the build. `open` is
 * called only when the body is sent.
 */
export async function fileResponse(
  request: Request,
  file: SiteFile,
  how: {
    readonly mark: BuildMark | null;
    readonly bundled: boolean;
    readonly open: () => Promise<BodyInit | null>;
  },
): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return new Response("Method Not Allowed", { status: 405, headers: { allow: "GET, HEAD" } });
  }
  const url = new URL(request.url);
  const asked = how.mark && url.searchParams.get(how.mark.parameter);
  if (how.mark && asked !== null && asked !== how.mark.id) return ofAnotherBuild(url, how.mark);

  const headers = new Headers({
    "content-type": file.contentType,
    "cache-control": asked !== null || how.bundled ? ONE_YEAR : "no-cache",
    etag: file.tag,
  });
  if (isKnown(request.headers.get("if-none-match"), file.tag)) {
    return new Response(null, { status: 304, headers });
  }
  headers.set("content-length", String(file.size));
  return new Response(request.method === "HEAD" ? null : await how.open(), { headers });
}

/** The page that links to it is of another build: it gets the file as it is now, to be asked again. */
function ofAnotherBuild(url: URL, mark: BuildMark): Response {
  url.searchParams.delete(mark.parameter);
  return new Response(null, { status: 307, headers: { location: url.pathname + url.search } });
}

/** RFC 9110, section 13.1.2: a list of tags, compared weakly, or an asterisk. */
function isKnown(header: string | null, tag: string): boolean {
  if (header === null) return false;
  return header.split(",").map((each) => each.trim())
    .some((each) => each === "*" || opaque(each) === opaque(tag));
}

const opaque = (tag: string): string => tag.replace(/^W\//, "");
