/** A record as a watch sees it: its number in the log and its text. */
interface SeenRecord {
  readonly seq: number;
  readonly text: string;
}

const PAGE = 100;

/** Pages are read until one is not full, and no more than this. */
const PAGES_AT_MOST = 100;

/** Whether an account's records behind the first `after` of the log hold one of a request. */
export async function hasRecord(
  requestId: string,
  after: number,
  read: (after: number, limit: number) => Promise<readonly SeenRecord[]>,
): Promise<boolean> {
  for (let page = 0; page < PAGES_AT_MOST; page++) {
    const records = await read(after, PAGE);
    if (records.some(({ text }) => text.includes(requestId))) return true;
    if (records.length < PAGE) return false;
    after = records.at(-1)?.seq ?? after;
  }
  return false;
}
