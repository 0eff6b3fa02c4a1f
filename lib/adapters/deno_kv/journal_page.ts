import type { Entry } from "../../domain/entry.ts";

/** Some of the entries of one commit, as they are stored together. */
export interface JournalPage {
  /** The first entry's place among all entries ever, from 1: the log's number for it. */
  readonly first: number;
  /** The entries, a JSON list in UTF-8. */
  readonly bytes: Uint8Array;
}

/** A page as it is worked with. */
export interface ReadPage {
  readonly page: number;
  readonly first: number;
  readonly entries: readonly Entry[];
  /** How long the entries are as they are stored. */
  readonly bytes: number;
}

/** A value may take 64 KiB; smaller pages are quicker to read one entry from. */
const PAGE_BYTES = 32_000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** "[", "," and "]" in UTF-8. */
const [OPENING, COMMA, CLOSING] = [0x5b, 0x2c, 0x5d];

/** The pages that the entries of a commit fill, in their order; `first` is the first entry's place. */
export function pagesOf(first: number, entries: readonly Entry[]): readonly JournalPage[] {
  const pages: JournalPage[] = [];
  let members: Uint8Array[] = [];
  let length = 0;
  for (const entry of entries) {
    const bytes = encoder.encode(JSON.stringify(entry));
    if (members.length > 0 && length + bytes.length > PAGE_BYTES) {
      pages.push({ first, bytes: listOf(members) });
      first += members.length;
      [members, length] = [[], 0];
    }
    members.push(bytes);
    length += bytes.length;
  }
  if (members.length > 0) pages.push({ first, bytes: listOf(members) });
  return pages;
}

/** The JSON list of members that are JSON already. */
function listOf(members: readonly Uint8Array[]): Uint8Array {
  const length = members.reduce((sum, member) => sum + member.length + 1, 1);
  const list = new Uint8Array(length);
  let at = 0;
  for (const member of members) {
    list[at] = at === 0 ? OPENING : COMMA;
    list.set(member, at + 1);
    at += 1 + member.length;
  }
  list[at] = CLOSING;
  return list;
}

/** The entries of a stored page. */
export function readPage(page: number, stored: JournalPage): ReadPage {
  const { first, bytes } = stored;
  return { page, first, entries: JSON.parse(decoder.decode(bytes)), bytes: bytes.length };
}
