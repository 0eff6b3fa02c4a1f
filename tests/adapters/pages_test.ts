import { assert, assertEquals } from "@std/assert";
import { EMPTY_HEAD, extend } from "../../lib/audit/chain.ts";
import { draftOf } from "../../lib/audit/record.ts";
import { pagesOf, readPage } from "../../lib/adapters/deno_kv/journal_page.ts";
import { logPagesOf, recordsOf } from "../../lib/adapters/deno_kv/log_pages.ts";
import type { AccountEntry, Entry } from "../../lib/domain/entry.ts";
import { aBet, ALICE, entryAfter, openedWith, sha256 } from "../given.ts";

/** What one value in the database may take. */
const VALUE_BYTES = 65_536;

function aChain(length: number): readonly AccountEntry[] {
  const chain: AccountEntry[] = [...openedWith(ALICE, 1_000_000)];
  for (let last = chain.at(-1); last && chain.length < length; last = chain.at(-1)) {
    chain.push(entryAfter(last, aBet(), { requestId: `r${chain.length}` }));
  }
  return chain;
}

Deno.test("pagesOf() keeps every entry, in order, in pages that fit and count on", () => {
  const entries: readonly Entry[] = aChain(150);
  const pages = pagesOf(41, entries);
  assert(pages.length > 1);
  let next = 41;
  const read = pages.flatMap((page, index) => {
    assertEquals(page.first, next);
    assert(page.bytes.length < VALUE_BYTES);
    const { entries } = readPage(index, page);
    next += entries.length;
    return entries;
  });
  assertEquals(read, entries);
});

Deno.test("logPagesOf() keeps every record, byte by byte, with the hashes around it", () => {
  // Node's digests are Buffers, which compare as another kind of array.
  const plain = (bytes: Uint8Array) => new Uint8Array(sha256(bytes));
  const { records } = extend(plain, EMPTY_HEAD, aChain(120).map(draftOf));
  const pages = logPagesOf(records);
  assert(pages.length > 1);
  for (const { page } of pages) assert(page.bytes.length + page.hashes.length < VALUE_BYTES);
  assertEquals(pages.flatMap(({ firstSeq, page }) => recordsOf(firstSeq, page)), records);
});
