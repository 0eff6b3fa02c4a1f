import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { LogTables } from "../../lib/adapters/cloudflare/log_tables.ts";
import { LogWriter } from "../../lib/adapters/cloudflare/log_writer.ts";
import { type Parcel, parcelOf } from "../../lib/adapters/cloudflare/parcel.ts";
import { EMPTY_HEAD, extend } from "../../lib/audit/chain.ts";
import { draftOf } from "../../lib/audit/record.ts";
import { LogVerifier } from "../../lib/audit/verify.ts";
import { chainOf } from "../../lib/domain/chain.ts";
import type { Entry } from "../../lib/domain/entry.ts";
import { aBet, ALICE, BOB, entryAfter, openedWith, sha256 } from "../given.ts";
import { changeAfter, OFFERED, SUSPEND } from "../market_entries.ts";
import { SqliteStorage } from "./sqlite_storage.ts";

/** What three chains have: six entries, four and two. */
const CHAINS: readonly (readonly Entry[])[] = [
  grown(ALICE, 4),
  grown(BOB, 2),
  [OFFERED, changeAfter(OFFERED, SUSPEND, "a")],
];
const ENTRIES = CHAINS.flat();

Deno.test("take() makes each entry one record, in its chain's order, however often and in whatever order it comes", () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`seed ${seed}`);
  // Every entry twice, in any order, in batches of any size.
  const deliveries = fc.tuple(
    fc.shuffledSubarray([...ENTRIES, ...ENTRIES], { minLength: 2 * ENTRIES.length }),
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
  );
  fc.assert(
    fc.property(deliveries, ([entries, sizes]) => {
      const { writer, tables } = opened();
      for (let at = 0, batch = 0; at < entries.length; batch++) {
        const size = sizes[batch % sizes.length] ?? 1;
        bring(writer, entries.slice(at, at + size));
        at += size;
      }
      const records = tables.read({ after: 0, limit: 100 });
      const verifier = new LogVerifier(sha256, EMPTY_HEAD);
      for (const stored of records) assert("record" in verifier.next(stored));
      assertEquals(verifier.end(tables.head()), null);
      assertEquals(
        verifier.chainSeqs,
        new Map(CHAINS.map((chain) => [chainOf(chain[0]!), chain.length])),
      );
    }),
    { seed, numRuns: 60 },
  );
});

Deno.test("take() makes the very records that the other home makes of the same entries", () => {
  const { writer, tables } = opened();
  assertEquals(writer.take(ENTRIES.map(parcelled)).gaps, []);
  const expected = extend(sha256, EMPTY_HEAD, ENTRIES.map(draftOf));
  const records = tables.read({ after: 0, limit: 100 });
  assertEquals(records.map(({ bytes }) => bytes), expected.records.map(({ bytes }) => bytes));
  assertEquals(
    records.map(({ hash, hashBefore }) => [new Uint8Array(hash), new Uint8Array(hashBefore)]),
    expected.records.map((
      { hash, hashBefore },
    ) => [new Uint8Array(hash), new Uint8Array(hashBefore)]),
  );
});

Deno.test("take() names a chain of which an earlier entry is missing, and takes the others", () => {
  const { writer, tables } = opened();
  const [alices = [], bobs = []] = CHAINS;
  const { gaps } = writer.take([...alices.slice(2), ...bobs].map(parcelled));
  assertEquals(gaps, [{ chain: ALICE, after: 0 }]);
  assertEquals(tables.head().size, bobs.length);
});

Deno.test("take() tells of each bet that stands, also of one that is in the log already", () => {
  const { writer } = opened();
  const [alices = []] = CHAINS;
  const parcels = alices.map((entry) => parcelOf(JSON.stringify(entry), "try"));
  for (const _ of ["first", "again"]) {
    const ids = writer.take(parcels).standing.map(({ reservation }) => reservation.backingId);
    assertEquals(ids, alices.slice(2).map(({ seq }) => `bet_${ALICE.slice(4)}_${seq}`));
  }
});

function opened() {
  const storage = new SqliteStorage();
  const tables = new LogTables(storage.sql);
  return { tables, writer: new LogWriter({ storage, tables, sha256 }) };
}

/** Delivers entries as the queue's consumer does: what is missing before one is fetched. */
function bring(writer: LogWriter, entries: readonly Entry[]): void {
  for (const { chain, after } of writer.take(entries.map(parcelled)).gaps) {
    const missing = ENTRIES.filter((entry) => chainOf(entry) === chain && entry.seq > after);
    assertEquals(writer.take(missing.map(parcelled)).gaps, []);
  }
}

function parcelled(entry: Entry): Parcel {
  return parcelOf(JSON.stringify(entry), null);
}

/** An account that was opened, got money, and placed so many bets. */
function grown(accountId: string, bets: number): readonly Entry[] {
  const chain: Entry[] = [...openedWith(accountId, 1_000)];
  let newest = openedWith(accountId, 1_000)[1];
  for (let bet = 0; bet < bets; bet++) {
    newest = entryAfter(newest, aBet(), { requestId: `${bet}` });
    chain.push(newest);
  }
  return chain;
}
