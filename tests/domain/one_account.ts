import type { AccountState } from "../../lib/domain/account.ts";
import type { AccountCommand } from "../../lib/domain/commands.ts";
import { decide } from "../../lib/domain/decide.ts";
import { type AccountEntry, answerSeq, follow } from "../../lib/domain/entry.ts";
import type { AccountEvent } from "../../lib/domain/events.ts";
import { exposuresAfter } from "../../lib/domain/exposure.ts";
import { type HoldFate, holdFateAfter } from "../../lib/domain/hold.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import { ALICE, MATCH, named, NOON_MS, openedWith } from "../given.ts";

/** Alice's account and all that its decisions see, one command after another. */
export class OneAccount {
  readonly entries: AccountEntry[];
  markets: readonly MarketState[] = [MATCH];
  /** Liability by `selectionKey`. */
  exposures: ReadonlyMap<string, number> = new Map();
  /** By hold id. */
  readonly holds = new Map<string, HoldFate>();

  constructor(balanceMinor: number) {
    this.entries = [...openedWith(ALICE, balanceMinor)];
  }

  get state(): AccountState {
    return this.#newest.state;
  }

  /** Decides a command, under ids of its own, and keeps what it led to. The last event is the answer. */
  ask(command: AccountCommand, requestId: string | null = null): readonly AccountEvent[] {
    const atMs = "atMs" in command ? command.atMs : NOON_MS;
    const seq = answerSeq(this.#newest, atMs);
    const events = decide({
      account: this.state,
      markets: new Map(this.markets.map((market) => [market.id, market])),
      exposures: this.exposures,
      hold: "holdId" in command ? this.holds.get(command.holdId) ?? null : null,
    }, named(command, { accountId: ALICE, seq }));
    for (const [index, event] of events.entries()) {
      const last = index === events.length - 1;
      this.#keep(event, atMs, last ? requestId : null);
    }
    return events;
  }

  /** The same for the answer alone. */
  answer(command: AccountCommand): AccountEvent {
    const answer = this.ask(command).at(-1);
    if (!answer) throw new Error("a command leads to something");
    return answer;
  }

  get #newest(): AccountEntry {
    const newest = this.entries.at(-1);
    if (!newest) throw new Error("an account starts with its opening");
    return newest;
  }

  #keep(event: AccountEvent, atMs: number, requestId: string | null): void {
    const fate = holdFateAfter(event);
    if (fate) this.holds.set(fate.hold.id, fate);
    this.exposures = exposuresAfter(this.exposures, event);
    const answers = requestId === null ? null : { requestId, fingerprint: `of ${requestId}` };
    const actor = answers ? `player:${ALICE}` : "system";
    this.entries.push(follow(this.#newest, { accountId: ALICE, atMs, actor, answers, event }));
  }
}
