interface Timed<Item> {
  readonly dueMs: number;
  readonly order: number;
  readonly item: Item;
}

/** Items by the time at which they are due; of two for one moment, the one added first. */
export class TimerHeap<Item> {
  readonly #heap: Timed<Item>[] = [];
  #added = 0;

  /** When the first item is due; null when there is none. */
  get nextMs(): number | null {
    return this.#heap[0]?.dueMs ?? null;
  }

  /** All items, in no order. */
  items(): Item[] {
    return this.#heap.map(({ item }) => item);
  }

  add(dueMs: number, item: Item): void {
    const timed = { dueMs, order: this.#added++, item };
    let index = this.#heap.length;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = this.#heap[parentIndex];
      if (!parent || !earlier(timed, parent)) break;
      this.#heap[index] = parent;
      index = parentIndex;
    }
    this.#heap[index] = timed;
  }

  /** Takes the first item out; null when there is none. */
  take(): Item | null {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (!first || !last) return null;
    if (first !== last) this.#sink(last);
    return first.item;
  }

  #sink(timed: Timed<Item>): void {
    let index = 0;
    while (true) {
      const left = this.#heap[2 * index + 1];
      const right = this.#heap[2 * index + 2];
      const child = left && right && earlier(right, left) ? right : left;
      if (!child || !earlier(child, timed)) break;
      this.#heap[index] = child;
      index = child === left ? 2 * index + 1 : 2 * index + 2;
    }
    this.#heap[index] = timed;
  }
}

function earlier<Item>(a: Timed<Item>, b: Timed<Item>): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);
}
