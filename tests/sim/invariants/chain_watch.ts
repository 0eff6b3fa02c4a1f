import type { AccountState } from "../../../lib/domain/account.ts";
import type { Entry } from "../../../lib/domain/entry.ts";
import { recordIdOf } from "../../../lib/domain/ids.ts";
import type { MarketState } from "../../../lib/domain/market.ts";
import type { Posting, PostingAccount } from "../../../lib/domain/postings.ts";
import type { Breaches } from "./breaches.ts";
import { decisionFlaw } from "./decision_check.ts";
import type { StoredFacts } from "./stored_facts.ts";

/** The limits of a stake that are in force. */
export interface StakeLimits {
  readonly minStakeMinor: number;
  readonly maxStakeMinor: number;
}

/**
 * Follows every account's chain as it is stored: numbers without gaps, money that adds up and never
 * goes below nothing, one entry a request, and decisions that were right when they were stored.
 */
export class ChainWatch {
  readonly newest = new Map<string, Entry>();
  readonly entries = new Map<string, Entry>();
  readonly answers = new Map<string, Entry>();
  readonly markets = new Map<string, MarketState>();
  /** All accounts' money by kind of account; together always nothing. */
  readonly totals = new Map<PostingAccount, bigint>();

  constructor(readonly breaches: Breaches, readonly limits: StakeLimits) {}

  /** Takes what a write stored; everything of it belongs to one moment. */
  take(facts: StoredFacts): void {
    for (const key of facts.overwritten) {
      this.breaches.add(`${key} was changed after it was stored`);
    }
    for (const entry of facts.entries) this.#take(entry, facts);
    for (const [place, seq] of facts.answers) {
      this.breaches.unless(
        this.answers.get(place)?.seq === seq,
        () => `the request ${place} leads to entry ${seq}, which does not answer it`,
      );
    }
    for (const market of facts.markets) this.markets.set(market.id, market);
  }

  #take(entry: Entry, facts: StoredFacts): void {
    const { accountId, seq } = entry;
    const before = this.newest.get(accountId) ?? null;
    const place = `${accountId} ${seq}`;
    this.breaches.unless(
      seq === (before?.seq ?? 0) + 1,
      () => `entry ${place} was stored after entry ${before?.seq ?? 0}`,
    );
    this.#checkMoney(entry, before?.state ?? null);
    if (before) this.#checkDecision(entry, before.state);
    this.#checkAnswer(entry, facts);
    this.breaches.unless(
      facts.drafts.get(place)?.id === recordIdOf(entry),
      () => `entry ${place} was stored without its own row in the outbox`,
    );
    this.newest.set(accountId, entry);
    this.entries.set(place, entry);
  }

  #checkMoney({ accountId, seq, event, state }: Entry, before: AccountState | null): void {
    const moved = this.#post(event.postings);
    const right = moved.zero && state.balanceMinor === (before?.balanceMinor ?? 0) + moved.cash &&
      state.atRiskMinor === (before?.atRiskMinor ?? 0) + moved.atRisk &&
      state.version === (before?.version ?? 0) + (event.type === "bet.refused" ? 0 : 1);
    this.breaches.unless(
      right,
      () =>
        `entry ${accountId} ${seq} does not add up: ${JSON.stringify({ before, event, state })}`,
    );
    const { balanceMinor, heldMinor, atRiskMinor } = state;
    this.breaches.unless(
      heldMinor >= 0 && balanceMinor >= heldMinor && atRiskMinor >= 0,
      () => `account ${accountId} has less than nothing: ${JSON.stringify(state)}`,
    );
  }

  #post(postings: readonly Posting[]): { zero: boolean; cash: number; atRisk: number } {
    const moved = { zero: false, cash: 0, atRisk: 0 };
    let sum = 0n;
    for (const { account, amountMinor } of postings) {
      sum += BigInt(amountMinor);
      this.totals.set(account, (this.totals.get(account) ?? 0n) + BigInt(amountMinor));
      if (account === "player_cash") moved.cash += amountMinor;
      if (account === "player_at_risk") moved.atRisk += amountMinor;
    }
    return { ...moved, zero: sum === 0n };
  }

  #checkDecision({ accountId, seq, event }: Entry, account: AccountState): void {
    const flaw = decisionFlaw(event, { account, markets: this.markets, ...this.limits });
    if (flaw) this.breaches.add(`entry ${accountId} ${seq} was not decided rightly: ${flaw}`);
  }

  #checkAnswer(entry: Entry, facts: StoredFacts): void {
    if (!entry.answers) return;
    const place = `${entry.accountId} ${entry.answers.requestId}`;
    const first = this.answers.get(place);
    this.breaches.unless(
      first === undefined,
      () => `the request ${place} had two effects: entries ${first?.seq} and ${entry.seq}`,
    );
    this.breaches.unless(
      facts.answers.get(place) === entry.seq,
      () => `entry ${entry.seq} answers the request ${place}, which does not lead to it`,
    );
    this.answers.set(place, entry);
  }
}
