import type { MarketAnswer } from "../../lib/app/change_market.ts";
import { chainOf } from "../../lib/domain/chain.ts";
import type { HoldAnswer } from "../../lib/app/holds.ts";
import type { BetAnswer } from "../../lib/app/place_bet.ts";
import type { Services } from "../../lib/app/services.ts";
import type { Told } from "./invariants/asked.ts";
import { same } from "./invariants/same.ts";
import type { World } from "./world.ts";

/**
 * What a repeated request is told: the first answer, or after a day the bet or hold and the account as
 * they are at some moment while it is asked; never another bet.
 */
export async function checkToldNow(
  world: World,
  services: Services,
  answer: Told,
): Promise<void> {
  const { journal, breaches, engine } = world;
  if (answer.kind === "changed") return await checkChangeToldNow(world, services, answer);
  if (!("account" in answer)) return;
  const { id: accountId } = answer.account;
  const before = journal.newest(accountId)?.seq ?? 0;
  const { answer: told, late } = await engine.toldNow.toldNow(services, answer);
  if (!late) {
    breaches.unless(told === answer, () => "an early reply is not the first one");
    return;
  }
  world.count("told late");
  const right = told.kind === answer.kind && "account" in told && thing(told) === thing(answer) &&
    (journal.chains.get(accountId) ?? []).slice(before - 1).some(({ entry: { state } }) => (
      same(told.account, { ...state, hold: told.account.hold })
    ));
  breaches.unless(right, () => `a late reply says ${JSON.stringify(told)}`);
}

/** The same of a change: after a day, the market as it is at some moment while it is asked. */
async function checkChangeToldNow(
  { journal, breaches, engine }: World,
  services: Services,
  answer: MarketAnswer & { readonly kind: "changed" },
): Promise<void> {
  const chain = chainOf({ marketId: answer.market.id });
  const before = journal.chains.get(chain)?.length ?? 0;
  const told = await engine.toldNow.changeToldNow(services, answer);
  if (told === answer) return;
  const states = (journal.chains.get(chain) ?? []).slice(before - 1);
  const right = answer.replayed && told.kind === "changed" &&
    states.some(({ entry: { state } }) => same(told.market, state));
  breaches.unless(right, () => `a late reply says ${JSON.stringify(told)}`);
}

/** What an answer is about. */
function thing(answer: BetAnswer | HoldAnswer): string | null {
  if ("bet" in answer) return answer.bet.id;
  return "hold" in answer ? answer.hold.id : null;
}
