import { BUGS } from "./bugs/bugs.ts";
import { withBug } from "./bugs/buggy_engine.ts";
import type { Task } from "./crew.ts";
import { type Engine, loadEngine } from "./engine.ts";
import { type Report, simulate } from "./simulate.ts";

/** A worker's own side: lib.dom knows only that of windows. */
interface WorkerSide {
  onmessage: ((event: MessageEvent<Task>) => void) | null;
  postMessage(report: Report): void;
}

const side = self as unknown as WorkerSide;

side.onmessage = async ({ data: { seeds, operations, bug } }) => {
  const engine = await engineWith(bug);
  let report: Report | null = null;
  for (const seed of seeds) {
    report = await simulate({ engine, seed, operations });
    if (report.failure) break;
  }
  if (report) side.postMessage(report);
};

async function engineWith(index: number | null): Promise<Engine> {
  if (index === null) return await loadEngine();
  const bug = BUGS[index];
  if (!bug) throw new RangeError(`there is no bug ${index}`);
  return await withBug(bug, (engine) => Promise.resolve(engine));
}
