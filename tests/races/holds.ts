import { assert, assertEquals } from "@std/assert";
import type { HoldAnswer } from "../../lib/app/holds.ts";
import type { Services } from "../../lib/app/services.ts";
import { type Hold, holdFateAfter, type HoldStatus } from "../../lib/domain/hold.ts";
import type { LedgerStore } from "../../lib/ports/ledger_store.ts";
import { aRequest } from "../app/bookmaker.ts";
import { soundChain } from "../app/invariants.ts";
import { ALICE, NOON_MS } from "../given.ts";
import { tally } from "./race.ts";

/** The hold that Alice's third entry authorises, and the moment when it is dead. */
export const HOLD_ID = "hold_alice00000000000_3";
export const DEAD_AT_MS = NOON_MS + 30_000;

/** What somebody wants of {@link HOLD_ID}. */
export type Wish = "confirm" | "void" | "expire";

/** What a wish makes of the hold when it is the first to come. */
const MAKES: { readonly [wish in Wish]: HoldStatus } = {
  confirm: "posted",
  void: "voided",
  expire: "expired",
};

/** Asks for a hold of Alice's under a request id. */
export async function authorise(services: Services, requestId = "hold"): Promise<HoldAnswer> {
  return await services.authoriseHold(aRequest({ requestId }));
}

/** Asks for what somebody wants, a moment before the hold is dead; a sweep comes at that very moment. */
export async function wish(
  services: Services,
  wanted: Wish,
  requestId: string = wanted,
): Promise<HoldAnswer | number> {
  if (wanted === "expire") return await services.sweepHolds();
  const { accountId, actor } = aRequest();
  const request = { accountId, actor, requestId, holdId: HOLD_ID, atMs: DEAD_AT_MS - 1 };
  return await (wanted === "confirm" ? services.confirmHold(request) : services.voidHold(request));
}

/** Checks that one of the wishes came true, that who asked for it knows, and that the others do too. */
export async function assertOneWon(
  ledger: LedgerStore,
  wishes: readonly Wish[],
  answers: readonly (HoldAnswer | number)[],
): Promise<void> {
  const fates = (await soundChain(ledger)).flatMap(({ event }) => holdFateAfter(event) ?? []);
  assertEquals(fates.map(({ hold }) => hold.id), [HOLD_ID, HOLD_ID], "authorised and ended once");
  const status = fates[1]?.status;
  const won = (answer: HoldAnswer | number | undefined) =>
    typeof answer === "number"
      ? answer === 1
      : answer?.kind === "confirmed" || answer?.kind === "held";
  const winners = wishes.filter((_, index) => won(answers[index]));
  assertEquals(winners.map((wanted) => MAKES[wanted]), [status], "exactly one wins");
  for (const answer of answers) {
    if (typeof answer === "number" || won(answer)) continue;
    assert(answer.kind === "refused");
    const { refusal } = answer;
    const heard = refusal.kind === "hold_not_pending" ? refusal.status : refusal.kind;
    assertEquals(heard, status === "expired" ? "hold_expired" : status);
  }
}

/** Checks that one of two holds on one account was authorised and the other refused for it. */
export function assertOneHeld(answers: readonly HoldAnswer[]): Hold {
  assertEquals(tally(answers), { held: 1, hold_active: 1 });
  const held = answers.find((answer) => answer.kind === "held");
  const refused = answers.find((answer) => answer.kind === "refused");
  assert(held?.kind === "held" && refused?.kind === "refused");
  const { id: holdId, expiresAtMs } = held.hold;
  assertEquals(refused.refusal, { kind: "hold_active", holdId, expiresAtMs });
  assertEquals(held.account.hold?.accountId, ALICE);
  return held.hold;
}
