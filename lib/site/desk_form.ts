// Pure: what a trader sends from the desk. Imports the domain only.
import type { MarketChange } from "../domain/market_commands.ts";
import { readCap } from "./desk.ts";

/** No reason that is typed at the desk is longer. */
export const LONGEST_REASON = 200;

/** What a form of the desk asks for, or what is wrong with what was typed. */
export interface DeskForm {
  readonly marketId: string;
  /** The form's own id: sent twice, it is done once. */
  readonly requestId: string;
  /** The selection whose cap is to be set; null when it is about the market. */
  readonly selectionId: string | null;
  /** What was typed into the cap or the reason. */
  readonly typed: string;
  readonly change: MarketChange | null;
  /** Why there is no change; null when there is one. */
  readonly problem: string | null;
}

/** Reads a submitted form; null when it is none of the desk's. */
export function readDeskForm(form: URLSearchParams): DeskForm | null {
  const [marketId, requestId] = [form.get("market"), form.get("request")];
  if (!marketId || !requestId || !/^[0-9a-z]{1,64}$/.test(requestId)) return null;
  const selectionId = form.get("selection");
  const read = selectionId === null ? readStatus(form) : readLimit(form, selectionId);
  return read && { marketId, requestId, selectionId, ...read };
}

type Read = Pick<DeskForm, "typed" | "change" | "problem">;

function readLimit(form: URLSearchParams, selectionId: string): Read | null {
  const typed = form.get("cap");
  if (selectionId === "" || typed === null) return null;
  const cap = readCap(typed);
  if (!cap.ok) return { typed, change: null, problem: cap.words };
  const limits = [{ selectionId, liabilityCapMinor: cap.capMinor }];
  return { typed, change: { type: "set_limits", limits, reason: null }, problem: null };
}

function readStatus(form: URLSearchParams): Read | null {
  const type = form.get("do");
  const typed = form.get("reason")?.trim() ?? "";
  if (type !== "suspend" && type !== "resume") return null;
  if (typed.length > LONGEST_REASON || /\p{Cc}/u.test(typed)) {
    const problem = `A reason is one line of at most ${LONGEST_REASON} characters.`;
    return { typed, change: null, problem };
  }
  return { typed, change: { type, reason: typed === "" ? null : typed }, problem: null };
}
