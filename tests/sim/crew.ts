import type { Report } from "./simulate.ts";

/** A simulation to be run: of the source as it is, or with one of the deliberate bugs, by its place. */
export interface Task {
  readonly seed: number;
  readonly operations: number;
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

  /** Runs a simulation as soon as a worker is free. */
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
