/**
 * Lets the requests of one account go one after another within this process, in the order in which
 * they came. It decides nothing: the commit does. It only keeps the requests of a busy account from
 * wasting their attempts on each other.
 */
export class AccountTurns {
  readonly #lines = new Map<string, { last: Promise<unknown>; length: number }>();

  constructor(readonly waitingPerAccount: number) {}

  /** Runs `task` when it is its turn; null, at once, when too many wait already. */
  async take<Result>(accountId: string, task: () => Promise<Result>): Promise<Result | null> {
    const line = this.#lines.get(accountId) ?? { last: Promise.resolve(), length: 0 };
    if (line.length >= this.waitingPerAccount) return null;
    this.#lines.set(accountId, line);
    line.length++;
    const turn = line.last.then(task, task);
    line.last = turn;
    try {
      return await turn;
    } finally {
      line.length--;
      if (line.length === 0) this.#lines.delete(accountId);
    }
  }
}
