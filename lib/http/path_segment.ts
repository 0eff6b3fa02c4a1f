/**
 * The last segment of an address's path, decoded; null when its escapes are not text. Read from the
 * address itself, because a router that decodes it as a whole cannot tell "%2F" from "/".
 */
export function lastSegment(url: URL): string | null {
  const segment = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
