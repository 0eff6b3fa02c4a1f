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

/** The pages that the entries of a commit fill, in their order; `first` is the first entry's place. */
export function pagesOf(first: number, entries: readonly Entry[]): readonly JournalPage[] {
  const pages: JournalPage[] = [];
  let texts: string[] = [];
  let length = 0;
  for (const entry of entries) {
    const text = JSON.stringify(entry);
    if (texts.length > 0 && length + text.length > PAGE_BYTES) {
      pages.push({ first, bytes: encoder.encode(`[${texts.join(",")}]`) });
      first += texts.length;
      [texts, length] = [[], 0];
    }
    texts.push(text);
    length += text.length;
  }
  if (texts.length > 0) pages.push({ first, bytes: encoder.encode(`[${texts.join(",")}]`) });
  return pages;
}

/** The entries of a stored page. */
export function readPage(page: number, stored: JournalPage): ReadPage {
  const { first, bytes } = stored;
  return { page, first, entries: JSON.parse(decoder.decode(bytes)), bytes: bytes.length };
}
