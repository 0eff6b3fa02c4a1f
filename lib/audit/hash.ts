/**
 * SHA-256 of bytes, given by whoever runs the code: `node:crypto` on servers, `@noble/hashes` in the
 * browser. Synchronous, because WebCrypto is many times slower on inputs as short as a record.
 */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Length of a SHA-256 digest in bytes. */
export const HASH_BYTES = 32;

/** The text of each byte, so that a digest costs no arithmetic. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hexadecimal text of bytes. */
export function toHex(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += HEX[byte];
  return hex;
}

/** Whether two byte strings are the same. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  // A loop, because records are compared byte by byte and a call for each would be most of the work.
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
