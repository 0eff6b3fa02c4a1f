/** Collects broken invariants in words. The first one counts: what follows may be its consequence. */
export class Breaches {
  readonly #found: string[] = [];

  get first(): string | null {
    return this.#found[0] ?? null;
  }

  /** Notes a broken invariant. */
  add(words: string): void {
    this.#found.push(words);
  }

  /** Notes the words unless the condition holds; answers whether it does. */
  unless(holds: boolean, words: () => string): boolean {
    if (!holds) this.add(words());
    return holds;
  }
}
