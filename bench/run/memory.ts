/**
 * Bytes of memory that processes and their descendants use, what several share counted once
 * (proportional set size, from Linux's own books). Processes that have ended count as nothing.
 */
export async function memoryBytes(pids: readonly number[]): Promise<number> {
  const all = (await Promise.all(pids.map(withDescendants))).flat();
  const sizes = await Promise.all(all.map(proportionalSetSize));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

async function withDescendants(pid: number): Promise<number[]> {
  const children = await readIfThere(`/proc/${pid}/task/${pid}/children`);
  const pids = children.split(" ").filter((text) => text !== "").map(Number);
  return [pid, ...(await Promise.all(pids.map(withDescendants))).flat()];
}

async function proportionalSetSize(pid: number): Promise<number> {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(await readIfThere(`/proc/${pid}/smaps_rollup`));
  return Number(kilobytes?.[1] ?? 0) * 1_024;
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch {
    // The process has ended meanwhile.
    return "";
  }
}
