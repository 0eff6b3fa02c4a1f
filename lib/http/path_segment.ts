/** No id is longer. */
const LONGEST_ID = 128;

/**
 * The last segment of an address's path, decoded; null when its escapes are not text, or it is longer
 * than any id. Read from the address itself, because a router that decodes it as a whole cannot tell
 * "%2F" from "/".
 */
export function lastSegment(url: URL): string | null {
  return segment(url, 1);
}

/** The same, of the segment before the last: the id in "/api/holds/:id/confirm". */
export function segmentBeforeLast(url: URL): string | null {
  return segment(url, 2);
}

function segment(url: URL, fromEnd: number): string | null {
  try {
    const text = decodeURIComponent(url.pathname.split("/").at(-fromEnd) ?? "");
    return text.length <= LONGEST_ID ? text : null;
  } catch {
    return null;
  }
}
