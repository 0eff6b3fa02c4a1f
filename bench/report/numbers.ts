import type { Spread } from "../run/samples.ts";

/** A number with about three digits that count: 12,345 or 12.3 or 0.123. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return value.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** The median with the reach to both sides where there was more than one round. */
export function shortSpread(spread: Spread | null): string {
  if (!spread) return "–";
  const { median, least, most } = spread;
  return least === most ? short(median) : `${short(median)} (${short(least)}–${short(most)})`;
}

/** Bytes as whole mebibytes. */
export function mebibytes(bytes: number): string {
  return Math.round(bytes / 2 ** 20).toLocaleString("en");
}
