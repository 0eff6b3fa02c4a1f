/** One thing that happened, as it is remembered until it is printed. */
interface Line {
  readonly step: number;
  readonly atMs: number;
  readonly who: string;
  readonly what: string;
  readonly detail: unknown;
}

/** How many lines are kept for whoever has to find out what went wrong. */
const KEPT_LINES = 30;

/**
 * What happened, in its order: a hash over all of it, by which two runs are known to be the same, and
 * the last lines in words.
 */
export class Trace {
  #low = 0x811c9dc5;
  #high = 0x9e3779b9;
  readonly #numbers = new Map<string, number>();
  readonly #lines: Line[] = [];
  #noted = 0;
  step = 0;
  atMs = 0;

  constructor(readonly print: ((line: string) => void) | null = null) {}

  /** Notes what happened; a `detail` that is text or a number counts for the hash as well. */
  note(who: string, what: string, detail: unknown = ""): void {
    this.mix(this.#number(who));
    this.mix(this.#number(what));
    if (typeof detail === "string") this.mix(this.#number(detail));
    else if (typeof detail === "number") this.mix(detail | 0);
    const line = { step: this.step, atMs: this.atMs, who, what, detail };
    this.#lines[this.#noted++ % KEPT_LINES] = line;
    this.print?.(worded(line));
  }

  /** Adds a number to the hash alone. */
  mix(value: number): void {
    this.#low = Math.imul(this.#low ^ value, 0x01000193);
    this.#high = Math.imul(this.#high ^ this.#low, 0x85ebca6b) ^ (this.#high >>> 15);
  }

  /** 16 hexadecimal letters that stand for everything noted so far. */
  hash(): string {
    return [this.#high, this.#low].map((half) => (half >>> 0).toString(16).padStart(8, "0"))
      .join("");
  }

  /** The newest lines, oldest first. */
  lastLines(): readonly string[] {
    const first = this.#noted % KEPT_LINES;
    return [...this.#lines.slice(first), ...this.#lines.slice(0, first)].map(worded);
  }

  /** A number for a text: that of its first appearance, which is the same in every run. */
  #number(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = 0;
      for (let index = 0; index < text.length; index++) {
        number = Math.imul(number ^ text.charCodeAt(index), 0x01000193);
      }
      if (this.#numbers.size < MOST_NUMBERS) this.#numbers.set(text, number);
    }
    return number;
  }
}

/** Texts whose number is remembered; there are few that come again and again. */
const MOST_NUMBERS = 1_000;

function worded({ step, atMs, who, what, detail }: Line): string {
  const more = detail === ""
    ? ""
    : ` ${typeof detail === "string" ? detail : JSON.stringify(detail)}`;
  return `${String(step).padStart(7)} ${atMs.toFixed(2).padStart(10)} ms  ${who}: ${what}${more}`;
}
