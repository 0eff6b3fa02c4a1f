import type { AccountState } from "../../../lib/domain/account.ts";
import type { Entry } from "../../../lib/domain/entry.ts";
import type { HoldFate } from "../../../lib/domain/hold.ts";
import type { MarketState } from "../../../lib/domain/market.ts";
import type { PostingAccount } from "../../../lib/domain/postings.ts";
import { accountFlaw } from "./account_check.ts";
import type { Breaches } from "./breaches.ts";
import { decisionFlaw, type PolicyInForce } from "./decision_check.ts";
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
 * goes below nothing, one entry a request, one hold an account, and decisions that were right when
 * they were stored.
 */
export class JournalWatch {
  /** Every entry, in the one order of all. */
  readonly all: Placed[] = [];
  /** Each account's entries, oldest first. */
  readonly chains = new Map<string, Placed[]>();
  /** By "account request". */
  readonly answers = new Map<string, Entry>();
  readonly markets = new Map<string, MarketState>();
  /** Every state that a market was ever in, by "market version". */
  readonly marketsEver = new Map<string, MarketState>();
  /** Every cap that a selection ever had. */
  readonly capsEver = new Set<number>();
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
  newest(accountId: string): Entry | undefined {
    return this.chains.get(accountId)?.at(-1)?.entry;
  }

  /** An account's entry by its number. */
  placed(accountId: string, seq: number): Placed | undefined {
    return this.chains.get(accountId)?.[seq - 1];
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
    for (const market of facts.markets) {
      this.markets.set(market.id, market);
      this.marketsEver.set(`${market.id} ${market.version}`, market);
      for (const { liabilityCapMinor } of market.selections) this.capsEver.add(liabilityCapMinor);
    }
  }

  #take(where: Omit<Placed, "number">): void {
    const { entry, page } = where;
    const { accountId, seq, event } = entry;
    const chain = this.chains.get(accountId) ?? [];
    this.chains.set(accountId, chain);
    const before = chain.at(-1)?.entry.state ?? null;
    this.breaches.unless(
      seq === chain.length + 1,
      () => `entry ${accountId} ${seq} was stored after entry ${chain.length}`,
    );
    const flaw = accountFlaw(before, entry);
    if (flaw) this.breaches.add(`entry ${accountId} ${seq}: ${flaw}: ${told(entry, before)}`);
    if (before) this.#checkDecision(entry, before);
    this.#checkAnswer(entry);
    this.#post(entry);
    this.#followHold(entry, page);
    this.liabilities.take(event, page);
    const placed = { ...where, number: this.all.length + 1 };
    chain.push(placed);
    this.all.push(placed);
  }

  #checkDecision(entry: Entry, account: AccountState): void {
    const { markets, holds, policy } = this;
    const moment = { account, markets, holds, liabilities: this.liabilities.now, policy };
    const flaw = decisionFlaw(entry, moment);
    if (!flaw) return;
    const { accountId, seq } = entry;
    this.breaches.add(`entry ${accountId} ${seq}: ${flaw}: ${told(entry, account)}`);
  }

  #checkAnswer(entry: Entry): void {
    if (!entry.answers) return;
    const place = `${entry.accountId} ${entry.answers.requestId}`;
    const first = this.answers.get(place);
    this.breaches.unless(
      first === undefined,
      () => `the request ${place} had two effects: entries ${first?.seq} and ${entry.seq}`,
    );
    this.answers.set(place, entry);
  }

  #post({ event }: Entry): void {
    for (const { account, amountMinor } of event.postings) {
      this.totals.set(account, (this.totals.get(account) ?? 0n) + BigInt(amountMinor));
    }
  }

  #followHold({ event }: Entry, page: number): void {
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

function told(entry: Entry, before: AccountState | null): string {
  return JSON.stringify({ before, entry });
}
