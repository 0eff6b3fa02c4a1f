/** The time, as the server sees it. */
export interface Clock {
  /** Unix time in milliseconds. It may jump, forwards or backwards. */
  nowMs(): number;
}

/** Unpredictable letters. */
export interface Randomness {
  /** `length` letters or digits (0-9, a-z), each drawn evenly from a cryptographic source. */
  letters(length: number): string;
}

/** A pause before trying again. */
export interface Backoff {
  /** Waits before attempt `attempt + 1`: longer after each one, with jitter, never above a second. */
  wait(attempt: number): Promise<void>;
}
