import { assertEquals } from "@std/assert";
import { sha256 as sha256InBrowser } from "@noble/hashes/sha2.js";
import { EMPTY_HEAD, extend, linkHash } from "../../lib/audit/chain.ts";
import { sameBytes, toHex } from "../../lib/audit/hash.ts";
import { draftOf, encodeRecord } from "../../lib/audit/record.ts";
import { ALICE, openedWith, sha256 } from "../given.ts";

const encoder = new TextEncoder();
const ZEROS = new Uint8Array(32);
const DRAFTS = openedWith(ALICE, 1_000).map(draftOf);

/** Hash before, bytes, hash: computed with `sha256sum` over the two joined. */
const LINKS: readonly [Uint8Array, Uint8Array, string][] = [
  [ZEROS, new Uint8Array(), "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"],
  [
    ZEROS,
    encoder.encode("abc"),
    "365aa7d8f7f9402c4b9434502b4cc89ddb09fe50d7cd95b493b834c62d5a5370",
  ],
  [
    Uint8Array.from({ length: 32 }, (_, index) => index),
    Uint8Array.of(0, 255),
    "b8d5565b00cffc65cc6103a89d4db5d23c1f06730d8495213efdbfe55820e027",
  ],
];

/** The hashes of an account that was opened and paid 10.00, from their bytes with `hashlib`. */
const CHAIN = [
  "bebe08b4988d820198e0e75f9028376b6013fe00d6a51ac0bf35c3928f90ce85",
  "c27e3f500407ff3a174943ff801cc84653c3c03ed3c4eea8ac3c7fb3fcb1cd2d",
];

for (const [name, hash] of Object.entries({ server: sha256, browser: sha256InBrowser })) {
  Deno.test(`linkHash() is SHA-256 over the hash before and the bytes, on the ${name}`, () => {
    for (const [before, bytes, hex] of LINKS) {
      assertEquals(toHex(linkHash(hash, before, bytes)), hex);
    }
  });
}

Deno.test("EMPTY_HEAD counts nothing and has 32 zero bytes for a hash", () => {
  assertEquals(EMPTY_HEAD, { size: 0, hash: ZEROS });
});

Deno.test("extend() numbers the drafts after the head and ties each to the one before", () => {
  const { records, head } = extend(sha256, EMPTY_HEAD, DRAFTS);
  assertEquals(records.map((record) => record.seq), [1, 2]);
  assertEquals(records.map((record) => toHex(record.hash)), CHAIN);
  assertEquals(records.map((record) => toHex(record.hashBefore)), [toHex(ZEROS), CHAIN[0]]);
  assertEquals(
    records.map((record) => record.bytes),
    DRAFTS.map((draft, index) => encodeRecord(index + 1, draft)),
  );
  assertEquals([head.size, toHex(head.hash)], [2, CHAIN[1]]);
});

Deno.test("extend() gives the same chain in one step and in many", () => {
  const whole = extend(sha256, EMPTY_HEAD, DRAFTS);
  const first = extend(sha256, EMPTY_HEAD, DRAFTS.slice(0, 1));
  const second = extend(sha256, first.head, DRAFTS.slice(1));
  assertEquals([...first.records, ...second.records], [...whole.records]);
  assertEquals(second.head, whole.head);
});

Deno.test("extend() by nothing leaves the head as it is", () => {
  assertEquals(extend(sha256, EMPTY_HEAD, []), { records: [], head: EMPTY_HEAD });
});

Deno.test("toHex() writes two lower-case digits a byte", () => {
  assertEquals(toHex(Uint8Array.of(0, 1, 15, 16, 171, 255)), "00010f10abff");
  assertEquals(toHex(new Uint8Array()), "");
});

Deno.test("sameBytes() compares lengths and every byte", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  assertEquals(sameBytes(bytes, Uint8Array.of(1, 2, 3)), true);
  assertEquals(sameBytes(new Uint8Array(), new Uint8Array()), true);
  for (const other of [[1, 2], [1, 2, 3, 0], [1, 2, 4], [0, 2, 3], []]) {
    assertEquals(sameBytes(bytes, Uint8Array.from(other)), false);
  }
});
