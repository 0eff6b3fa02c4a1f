import type { ContenderName } from "../contenders/all.ts";
import { type Workload, WORKLOADS } from "../workloads.ts";
import type { Options } from "./options.ts";

/** One thing that every round measures once. */
export interface Cell {
  readonly contender: ContenderName;
  readonly accounts: "few" | "many";
  readonly workload: Workload;
  /** `closed`: clients ask again when answered. `half`: half of the closed rate comes, come what may. */
  readonly load: "closed" | "half";
}

/** Asked over HTTP, and so by fewer clients. */
export const OVER_HTTP: readonly ContenderName[] = ["ledger-http", "http-ceiling"];

/** Measured with many accounts too. */
const WITH_MANY: readonly ContenderName[] = ["redis", "postgres-function", "ledger"];

/** What tells a cell from all others, for people too. */
export function cellName({ contender, accounts, workload, load }: Cell): string {
  const how = [workload, ...accounts === "many" ? ["many accounts"] : []];
  return `${contender}, ${[...how, ...load === "half" ? ["half load"] : []].join(", ")}`;
}

/** A round: each workload with all contenders in turns, so that the machine's moods meet all alike. */
export function planRound(options: Options): readonly Cell[] {
  const few = { accounts: "few", load: "closed" } as const;
  const inProcess = options.only.filter((contender) => !OVER_HTTP.includes(contender));
  const cells: Cell[] = WORKLOADS.flatMap((workload) =>
    inProcess.map((contender) => ({ ...few, contender, workload }))
  );
  if (options.manyAccounts > 0) {
    for (const contender of WITH_MANY.filter((contender) => options.only.includes(contender))) {
      cells.push({ contender, accounts: "many", workload: "spread", load: "closed" });
    }
  }
  for (const contender of OVER_HTTP.filter((contender) => options.only.includes(contender))) {
    cells.push({ ...few, contender, workload: "spread" });
    if (contender === "ledger-http") {
      cells.push({ ...few, contender, workload: "spread", load: "half" });
    }
  }
  return cells;
}
