import type { Report } from "./simulate.ts";

/** Simulations to be run, one after another, up to the first one that fails. */
export interface Task {
  readonly seeds: readonly number[];
  readonly operations: number;
  /** The place of one of the deliberate bugs; null for the source as it is. */
  readonly bug: number | null;
}

/**
 * Runs simulations on all cores, each in a worker of its own: a simulation takes the real world away
 * from the thread that it runs on.
 */
export class Crew implements Disposable {
  readonly #idle: Worker[] = [];
  readonly #workers: Worker[] = [];
  readonly #wanted: ((worker: Worker) => void)[] = [];

  constructor(size: number = navigator.hardwareConcurrency) {
    for (let index = 0; index < size; index++) {
      const worker = new Worker(new URL("./crew_member.ts", import.meta.url), { type: "module" });
      this.#workers.push(worker);
      this.#idle.push(worker);
    }
  }

  /** Runs simulations as soon as a worker is free; answers the last one's report. */
  async run(task: Task): Promise<Report> {
    const worker = this.#idle.pop() ??
      await new Promise<Worker>((resolve) => this.#wanted.push(resolve));
    try {
      return await answerOf(worker, task);
    } finally {
      const next = this.#wanted.shift();
      if (next) next(worker);
      else this.#idle.push(worker);
    }
  }

  [Symbol.dispose](): void {
    for (const worker of this.#workers) worker.terminate();
  }
}

function answerOf(worker: Worker, task: Task): Promise<Report> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Report>) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    worker.postMessage(task);
  });
}
