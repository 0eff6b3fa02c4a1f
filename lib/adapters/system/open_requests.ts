/** The requests that are being answered just now, so that a shutdown can wait for them. */
export class OpenRequests {
  readonly #open = new Set<Promise<unknown>>();

  /** Counts a request as open until it has its answer, and passes the answer on. */
  async follow<Answer>(answer: Answer | Promise<Answer>): Promise<Answer> {
    const coming = Promise.resolve(answer);
    this.#open.add(coming);
    try {
      return await coming;
    } finally {
      this.#open.delete(coming);
    }
  }

  /** Waits until every request that is open now has its answer; those that come later are left out. */
  async answered(): Promise<void> {
    await Promise.allSettled(this.#open);
  }
}
