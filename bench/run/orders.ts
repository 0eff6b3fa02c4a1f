import type { ClosedLoop } from "../load/closed_loop.ts";
import type { CountedBets } from "../load/counted_bets.ts";
import type { Measured } from "../load/measured.ts";
import type { OpenLoop } from "../load/open_loop.ts";

/** What a contender's process can be told to do, one at a time; each gives what stands beside it. */
export interface Orders {
  readonly open: { readonly asked: { readonly accounts: number }; readonly gives: null };
  readonly closedLoop: { readonly asked: ClosedLoop; readonly gives: Measured };
  readonly openLoop: { readonly asked: OpenLoop; readonly gives: Measured };
  readonly countedBets: { readonly asked: CountedBets; readonly gives: number };
  readonly settle: { readonly asked: null; readonly gives: null };
  readonly close: { readonly asked: null; readonly gives: null };
}

/** The name of an order. */
export type OrderName = keyof Orders;

/** An order as a line of JSON on the way in. */
export type Order = {
  [Name in OrderName]: { name: Name; asked: Orders[Name]["asked"] };
}[OrderName];

/** Its answer as a line of JSON on the way out. */
export type Answer =
  | { readonly ok: true; readonly gives: unknown }
  | { readonly ok: false; readonly error: string };
