// Pure: the numbers in addresses by which pages of a list are told apart.

/** A cursor from an address: a whole number from 1; null when there is none, or it is not one. */
export function readCursor(text: string | null): number | null {
  return text !== null && /^[1-9][0-9]{0,14}$/.test(text) ? Number(text) : null;
}
