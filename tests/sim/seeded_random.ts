const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

/**
 * Random numbers that a seed fixes for ever: the same seed gives the same numbers on every machine.
 * The generator is sfc32 (Chris Doty-Humphrey's PractRand); good enough to search with, never for
 * secrets.
 */
export class SeededRandom {
  #a: number;
  #b: number;
  #c: number;
  #count = 1;

  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 2 ** 32) | 0;
    this.#c = 0x9e3779b9 | 0;
    // The first numbers of neighbouring seeds are alike; a few rounds mix them.
    for (let round = 0; round < 16; round++) this.next();
  }

  /** A whole number from 0 to 2^32 - 1. */
  next(): number {
    const sum = (this.#a + this.#b + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** From 0 to 1, without 1. */
  fraction(): number {
    return this.next() / 2 ** 32;
  }

  /** A whole number from 0 to `bound - 1`; `bound` is from 1 to 2^32. */
  below(bound: number): number {
    return Math.floor(this.fraction() * bound);
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of the items, each as likely. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError("there is nothing to pick from");
    return item;
  }

  /** One of the keys, as likely as its weight says. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key {
    const entries = Object.entries(weights) as [Key, number][];
    let left = this.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) {
      left -= weight;
      if (left < 0) return key;
    }
    throw new RangeError("there is nothing to pick from");
  }

  /** `length` letters or digits. */
  letters(length: number): string {
    let letters = "";
    for (let index = 0; index < length; index++) letters += LETTERS[this.below(36)];
    return letters;
  }

  /** A generator of its own, so that what one part draws never shifts what another part draws. */
  split(): SeededRandom {
    return new SeededRandom(this.next() + this.below(2 ** 20) * 2 ** 32);
  }
}
