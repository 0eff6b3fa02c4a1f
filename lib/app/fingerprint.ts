import { type Sha256, toHex } from "../audit/hash.ts";

const encoder = new TextEncoder();

/**
 * A digest of what a request asks for, by which a second, different request under the same id is told
 * apart. `asked` is built by our own code with its members in a fixed order, so equal requests give
 * equal text; how the customer's program ordered or spelled its JSON makes no difference.
 */
export function fingerprintOf(
  sha256: Sha256,
  asked: { readonly do: string; readonly [member: string]: unknown },
): string {
  return toHex(sha256(encoder.encode(JSON.stringify(asked))));
}
