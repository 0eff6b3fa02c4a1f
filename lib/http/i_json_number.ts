/** A double holds every number of 15 digits; most that are sent are such. */
const SHORT = /^-?\d{1,15}$/;

const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * Whether a JSON number means the same to every reader that keeps numbers as IEEE 754 doubles (RFC
 * 7493, section 2.2): whole numbers within ±(2^53 − 1), others in no more digits than a double holds.
 */
export function numberSurvives(literal: string): boolean {
  if (SHORT.test(literal)) return true;
  const value = Number(literal);
  if (!Number.isFinite(value)) return false;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return false;
  return digitsOf(literal) === digitsOf(String(value));
}

/** The significant digits and their place, equal for equal numbers however they are written. */
function digitsOf(literal: string): string {
  const [, whole = "", fraction = "", exponent = "0"] = NUMBER.exec(literal) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = withoutTrailingZeros(digits);
  if (significant === "") return "0";
  return `${significant}e${
    Number(exponent) - fraction.length + digits.length - significant.length
  }`;
}

/** A loop, because a pattern for zeros before the end takes quadratic time on many zeros. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") end--;
  return digits.slice(0, end);
}
