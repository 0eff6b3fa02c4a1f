import { BOB, openedWith } from "../given.ts";
import { type Bookmaker, openBookmaker } from "./bookmaker.ts";

/** Alice's entries 1 to 5 and Bob's 1 and 2, all logged as records 1 to 7. */
export async function wellKept(): Promise<Bookmaker> {
  const bookmaker = await openBookmaker();
  for (const requestId of ["a", "b", "c"]) await bookmaker.place({ requestId });
  const view = await bookmaker.ledger.view({ accountId: BOB, requestId: null, marketIds: [] });
  await bookmaker.ledger.commit(view, openedWith(BOB, 50));
  await bookmaker.drainer.wake();
  return bookmaker;
}
