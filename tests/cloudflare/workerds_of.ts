import type { RunningServer } from "../browser/running_server.ts";

/** The numbers of the workerd processes that a running `start:cloudflare` has, itself or by a script. */
export async function workerdsOf(server: RunningServer): Promise<readonly number[]> {
  const found: number[] = [];
  let parents = [server.pid];
  while (parents.length > 0) {
    const children = (await Promise.all(parents.map(childrenOf))).flat();
    for (const child of children) if (await nameOf(child) === "workerd") found.push(child);
    parents = children;
  }
  return found;
}

async function childrenOf(pid: number): Promise<readonly number[]> {
  const text = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`).catch(() => "");
  return text.split(" ").filter((word) => word.trim() !== "").map(Number);
}

/** Of the program, not of the script that runs it, which has the same name. */
async function nameOf(pid: number): Promise<string> {
  const program = await Deno.readLink(`/proc/${pid}/exe`).catch(() => "");
  return program.slice(program.lastIndexOf("/") + 1);
}
