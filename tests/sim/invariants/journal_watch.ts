import type { AccountState } from "../../../lib/domain/account.ts";
import { chainOf } from "../../../lib/domain/chain.ts";
import {
  type AccountEntry,
  accountEntry,
  type Entry,
  isMarketEntry,
  type MarketEntry,
} from "../../../lib/domain/entry.ts";
import type { HoldFate } from "../../../lib/domain/hold.ts";
import type { MarketState } from "../../../lib/domain/market.ts";
import type { PostingAccount } from "../../../lib/domain/postings.ts";
import { accountFlaw } from "./account_check.ts";
import type { Breaches } from "./breaches.ts";
import { decisionFlaw, type PolicyInForce } from "./decision_check.ts";
import { marketFlaw } from "./market_check.ts";
import { Liabilities } from "./liabilities.ts";
import type { StoredFacts } from "./stored_facts.ts";

/** An entry and where it stands. */
export interface Placed {
  readonly entry: Entry;
  readonly page: number;
  readonly index: number;
  /** Its place among all entries, from 1: the number of its record. */
  readonly number: number;
}

/** What a hold was from a page of the journal on. */
interface FateSince {
  readonly page: number;
  readonly status: HoldFate["status"];
}

/**
 * Follows the journal as it is stored: pages and numbers without gaps, money that adds up and never
 * goes below nothing, one entry a request, one hold an account, markets that change by their entries
 * alone, and decisions that were right at their place in the journal.
 */
export class JournalWatch {
  /** Every entry, in the one order of all. */
  readonly all: Placed[] = [];
  /** Each account's and each market's entries, oldest first, by `chainOf`. */
  readonly chains = new Map<string, Placed[]>();
  /** By "chain request". */
  readonly answers = new Map<string, Entry>();
  readonly markets = new Map<string, MarketState>();
  readonly holds = new Map<string, HoldFate>();
  readonly liabilities = new Liabilities();
  /** All accounts' money by kind of account; together always nothing. */
  readonly totals = new Map<PostingAccount, bigint>();
  /** How many entries there are up to each page. */
  readonly #sizes: number[] = [0];
  readonly #fates = new Map<string, FateSince[]>();
  pendingHolds = 0;

  constructor(readonly breaches: Breaches, readonly policy: PolicyInForce) {}

  /** The last page. */
  get page(): number {
    return this.#sizes.length - 1;
  }

  /** How many entries there are up to a page. */
  sizeAt(page: number): number {
    return this.#sizes[page] ?? -1;
  }

  /** The account's newest entry. */
  newest(accountId: string): AccountEntry | undefined {
    const last = this.chains.get(accountId)?.at(-1)?.entry;
    return last && accountEntry(last);
  }

  /** A chain's entry by its number. */
  placed(chain: string, seq: number): Placed | undefined {
    return this.chains.get(chain)?.[seq - 1];
  }

  /** What a hold was at any moment from page `page` on; empty when it never was. */
  fatesSince(holdId: string, page: number): readonly HoldFate["status"][] {
    const fates = this.#fates.get(holdId) ?? [];
    const first = fates.findLastIndex((fate) => fate.page <= page);
    return fates.slice(Math.max(0, first)).map((fate) => fate.status);
  }

  /** Takes what a write stored; everything of it belongs to one moment. */
  take(facts: StoredFacts): void {
    for (const key of facts.overwritten) this.breaches.add(`${key} was changed or removed`);
    for (const { page, first, entries } of facts.pages) {
      this.breaches.unless(
        page === this.page + 1 && first === this.all.length + 1 && entries.length > 0,
        () => `page ${page} from ${first} on was stored after ${this.page}, ${this.all.length}`,
      );
      for (const [index, entry] of entries.entries()) this.#take({ entry, page, index });
      this.#sizes.push(this.all.length);
    }
  }

  #take(where: Omit<Placed, "number">): void {
    const { entry, page } = where;
    const name = chainOf(entry);
    const chain = this.chains.get(name) ?? [];
    this.chains.set(name, chain);
    this.breaches.unless(
      entry.seq === chain.length + 1,
      () => `entry ${name} ${entry.seq} was stored after entry ${chain.length}`,
    );
    const before = chain.at(-1)?.entry ?? null;
    this.#checkAnswer(entry);
    if (isMarketEntry(entry)) this.#takeMarket(entry);
    else this.#takeAccount(entry, before && accountEntry(before).state, page);
    const placed = { ...where, number: this.all.length + 1 };
    chain.push(placed);
    this.all.push(placed);
  }

  #takeMarket(entry: MarketEntry): void {
    const { marketId, seq } = entry;
    const before = this.markets.get(marketId) ?? null;
    const flaw = marketFlaw(before, entry);
    if (flaw) this.breaches.add(`entry ${marketId} ${seq}: ${flaw}: ${told(entry, before)}`);
    this.markets.set(marketId, entry.state);
  }

  #takeAccount(entry: AccountEntry, before: AccountState | null, page: number): void {
    const { accountId, seq, event } = entry;
    const flaw = accountFlaw(before, entry);
    if (flaw) this.breaches.add(`entry ${accountId} ${seq}: ${flaw}: ${told(entry, before)}`);
    if (before) this.#checkDecision(entry, before);
    this.#post(entry);
    this.#followHold(entry, page);
    this.liabilities.take(event, page);
  }

  #checkDecision(entry: AccountEntry, account: AccountState): void {
    const { markets, holds, policy } = this;
    const moment = { account, markets, holds, liabilities: this.liabilities.now, policy };
    const flaw = decisionFlaw(entry, moment);
    if (!flaw) return;
    const { accountId, seq } = entry;
    this.breaches.add(`entry ${accountId} ${seq}: ${flaw}: ${told(entry, account)}`);
  }

  #checkAnswer(entry: Entry): void {
    if (!entry.answers) return;
    const place = `${chainOf(entry)} ${entry.answers.requestId}`;
    const first = this.answers.get(place);
    this.breaches.unless(
      first === undefined,
      () => `the request ${place} had two effects: entries ${first?.seq} and ${entry.seq}`,
    );
    this.answers.set(place, entry);
  }

  #post({ event }: AccountEntry): void {
    for (const { account, amountMinor } of event.postings) {
      this.totals.set(account, (this.totals.get(account) ?? 0n) + BigInt(amountMinor));
    }
  }

  #followHold({ event }: AccountEntry, page: number): void {
    switch (event.type) {
      case "hold.authorised":
        this.pendingHolds++;
        return this.#fate({ hold: event.hold, status: "pending" }, page);
      case "hold.voided":
      case "hold.expired":
        this.pendingHolds--;
        return this.#fate({
          hold: event.hold,
          status: event.type === "hold.voided" ? "voided" : "expired",
        }, page);
      case "bet.placed":
        if (!event.hold) return;
        this.pendingHolds--;
        return this.#fate({ hold: event.hold, status: "posted" }, page);
    }
  }

  #fate(fate: HoldFate, page: number): void {
    const { id } = fate.hold;
    this.holds.set(id, fate);
    const fates = this.#fates.get(id) ?? [];
    this.#fates.set(id, fates);
    fates.push({ page, status: fate.status });
  }
}

function told(entry: Entry, before: AccountState | MarketState | null): string {
  return JSON.stringify({ before, entry });
}
