/**
 * Keys as text that sorts as the keys do: one character a byte of the order-preserving encoding that
 * Deno KV stores, which is FoundationDB's tuple layer. Its order of kinds is bytes, strings, bigints,
 * numbers, booleans. Texts can be compared with `<`, and their length is the key's size.
 */
export function keyText(key: Deno.KvKey): string {
  let text = "";
  for (const part of key) text += partText(part);
  return text;
}

/** The first text behind every key that starts with `prefix`. */
export function behindPrefix(prefix: string): string {
  return `${prefix}\u00ff`;
}

// deno-lint-ignore no-control-regex -- a zero must be escaped, whatever else may be in the text
const UNPLAIN = /[^\u0001-\u007f]/;
const encoder = new TextEncoder();

function partText(part: Deno.KvKeyPart): string {
  switch (typeof part) {
    case "string":
      if (!UNPLAIN.test(part)) return `\u0002${part}\u0000`;
      return `\u0002${escaped(encoder.encode(part))}\u0000`;
    case "number":
      return numberText(part);
    case "bigint":
      return bigintText(part);
    case "boolean":
      return part ? "\u0027" : "\u0026";
    case "object":
      if (part instanceof Uint8Array) return `\u0001${escaped(part)}\u0000`;
  }
  throw new TypeError("expected string, number, bigint, ArrayBufferView, boolean");
}

function escaped(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte === 0 ? "\u0000\u00ff" : String.fromCharCode(byte);
  return text;
}

const double = new DataView(new ArrayBuffer(8));

function numberText(value: number): string {
  double.setFloat64(0, value);
  const high = double.getUint32(0);
  const low = double.getUint32(4);
  // Negative numbers are larger the smaller they are: all their bits are turned over.
  if (high >= 0x80000000) return `\u0021${wordText(~high)}${wordText(~low)}`;
  return `\u0021${wordText(high | 0x80000000)}${wordText(low)}`;
}

function wordText(word: number): string {
  return String.fromCharCode(word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255);
}

function bigintText(value: bigint): string {
  const magnitude = value < 0n ? -value : value;
  const hex = magnitude === 0n ? "" : magnitude.toString(16);
  const bytes = (hex.length % 2 === 0 ? hex : `0${hex}`).match(/../g) ?? [];
  const turned = value < 0n ? 255 : 0;
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(parseInt(byte, 16) ^ turned);
  const sign = value < 0n ? -1 : 1;
  if (bytes.length <= 8) return String.fromCharCode(0x14 + sign * bytes.length) + text;
  const code = value < 0n ? 0x0b : 0x1d;
  return String.fromCharCode(code, bytes.length ^ turned) + text;
}
