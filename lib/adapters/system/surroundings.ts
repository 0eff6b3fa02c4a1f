import type { Backoff, Clock, Randomness } from "../../ports/surroundings.ts";

/** The machine's clock. */
export const systemClock: Clock = { nowMs: () => Date.now() };

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

/** The largest multiple of 36 in a byte: above it, a remainder would favour the first letters. */
const EVEN_BELOW = 252;

/** The platform's cryptographic random numbers, as letters. */
export const systemRandomness: Randomness = {
  letters(length: number): string {
    let letters = "";
    while (letters.length < length) {
      for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
        if (byte < EVEN_BELOW && letters.length < length) letters += LETTERS[byte % 36];
      }
    }
    return letters;
  },
};

const FIRST_WAIT_MS = 2;
const LONGEST_WAIT_MS = 250;

/** Doubling waits, each between half of its length and the whole, drawn at random. */
export const systemBackoff: Backoff = {
  async wait(attempt: number): Promise<void> {
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
    const waitMs = longest * (0.5 + Math.random() / 2);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  },
};
