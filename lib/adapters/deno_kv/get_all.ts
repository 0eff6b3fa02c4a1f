import type { KvBackend } from "./kv_backend.ts";

/** Reads any number of keys, in their order, with as many calls as the backend's limit needs. */
export async function getAll<Value>(
  kv: Deno.Kv,
  backend: KvBackend,
  wanted: readonly Deno.KvKey[],
): Promise<Deno.KvEntryMaybe<Value>[]> {
  const reads: Promise<Deno.KvEntryMaybe<Value>[]>[] = [];
  for (let start = 0; start < wanted.length; start += backend.keysARead) {
    const some = wanted.slice(start, start + backend.keysARead);
    reads.push(kv.getMany<Value[]>(some) as Promise<Deno.KvEntryMaybe<Value>[]>);
  }
  return (await Promise.all(reads)).flat();
}
