import { BOB } from "../given.ts";
import { type Bookmaker, openAlice, openBookmaker } from "./bookmaker.ts";

/** Alice's entries 1 to 5 and Bob's 1 and 2, all logged as records 1 to 7. */
export async function wellKept(): Promise<Bookmaker> {
  const bookmaker = await openBookmaker();
  for (const requestId of ["a", "b", "c"]) await bookmaker.place({ requestId });
  await openAlice(bookmaker.ledger, 50, BOB);
  await bookmaker.drainer.wake();
  return bookmaker;
}
