import { assertEquals } from "@std/assert";
import { runToEnd } from "./ended_process.ts";

const TASK = new URL("../../tasks/audit_verify.ts", import.meta.url).href;

/** Runs `deno task audit:verify` on a database and insists that the log holds; what it said. */
export async function assertLogHolds(database: string): Promise<string> {
  const { code, output, errors } = await runToEnd(["run", "-A", TASK], {
    env: { HOLDFAST_KV: database },
  });
  assertEquals([code, errors], [0, []]);
  return output;
}
