/**
 * The largest amount that may stand by itself, in minor units (10,000,000,000.00 of a currency with
 * two decimals). Products and sums over many accounts are BigInt and may be larger.
 */
export const MAX_AMOUNT_MINOR = 1_000_000_000_000;

/** ISO 4217 codes of the currencies an account can be kept in. */
export type Currency = "GBP";

/** Whether `value` is an amount: a whole number of minor units from 0 to {@link MAX_AMOUNT_MINOR}. */
export function isAmountMinor(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= MAX_AMOUNT_MINOR;
}

/** Throws, as a defect, when `value` is not an amount; returns it otherwise. */
export function assertAmountMinor(value: number): number {
  if (!isAmountMinor(value)) throw new RangeError(`not an amount in minor units: ${value}`);
  return value;
}
