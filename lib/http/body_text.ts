import { readAtMost } from "./body_bytes.ts";
import type { Problem } from "./problem.ts";

/** The largest body that is read, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The text of a JSON body of at most 64 KiB. The bytes are counted as they come, whatever the headers
 * say of their number; what is too long is not read further. A byte order mark stays in the text,
 * where JSON does not allow it (RFC 7493 section 2.1 with RFC 8259 section 8.1). With `mayBeEmpty`
 * there may be no body at all, and then no content type.
 */
export async function readBodyText(
  request: Request,
  options: { readonly mayBeEmpty?: true } = {},
): Promise<
  { readonly ok: true; readonly text: string } | {
    readonly ok: false;
    readonly problem: Problem;
  }
> {
  const mediaProblem = mediaTypeProblem(request.headers);
  if (mediaProblem && !options.mayBeEmpty) return { ok: false, problem: mediaProblem };
  const bytes = await readAtMost(request, MAX_BODY_BYTES);
  if (bytes === null) {
    const detail = `A body may have at most ${MAX_BODY_BYTES} bytes. Nothing was changed.`;
    return { ok: false, problem: { slug: "payload-too-large", detail } };
  }
  // Nothing needs no type to be understood.
  if (mediaProblem && bytes.length > 0) return { ok: false, problem: mediaProblem };
  try {
    return { ok: true, text: decoder.decode(bytes) };
  } catch {
    const detail = "The body is not text in UTF-8. Nothing was changed.";
    const errors = [{ pointer: "", detail: "The body is not text in UTF-8." }];
    return { ok: false, problem: { slug: "invalid-request", detail, members: { errors } } };
  }
}

function mediaTypeProblem(headers: Headers): Problem | null {
  const [essence = "", ...parameters] = (headers.get("content-type") ?? "").toLowerCase().split(
    ";",
  );
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith("charset="));
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (
    essence.trim() === "application/json" && encoding === "identity" &&
    (charset === undefined || /^charset="?utf-8"?$/.test(charset))
  ) return null;
  return {
    slug: "unsupported-media-type",
    detail: "Send JSON in UTF-8 with content-type: application/json and no content-encoding. " +
      "Nothing was changed.",
  };
}
