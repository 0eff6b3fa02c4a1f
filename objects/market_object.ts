import { DurableObject } from "cloudflare:workers";
import { AlarmClock } from "../lib/adapters/cloudflare/alarm_clock.ts";
import { ClaimLine } from "../lib/adapters/cloudflare/claim_line.ts";
import { sendParcels } from "../lib/adapters/cloudflare/courier.ts";
import { LiabilityTables } from "../lib/adapters/cloudflare/liability_tables.ts";
import type {
  Claims,
  MarketCalls,
  ReservationRef,
} from "../lib/adapters/cloudflare/market_calls.ts";
import { MarketLedger } from "../lib/adapters/cloudflare/market_ledger.ts";
import { MarketTables } from "../lib/adapters/cloudflare/market_tables.ts";
import type { OutboxCalls } from "../lib/adapters/cloudflare/outbox_calls.ts";
import type { Parcel } from "../lib/adapters/cloudflare/parcel.ts";
import { theOnly } from "../lib/adapters/cloudflare/placement.ts";
import type { ObjectState } from "../lib/adapters/cloudflare/platform.ts";
import { ReservationKeeper } from "../lib/adapters/cloudflare/reservation_keeper.ts";
import { changeMarket, type MarketAsking } from "../lib/app/change_market.ts";
import { GroupCommitter } from "../lib/app/group_committer.ts";
import { offerEvent } from "../lib/app/offer_event.ts";
import { chainOf } from "../lib/domain/chain.ts";
import type { OfferedEvent } from "../lib/ports/book.ts";
import type { WithParcels } from "./account_calls.ts";
import type { LedgerBindings } from "./bindings.ts";
import type { MarketUseCases } from "./market_use_cases.ts";
import { POLICY, SURROUNDINGS } from "./surroundings.ts";

/** When entries that may not have reached the log are looked after, and how many at once. */
const LOOK_AFTER_MS = 10_000;
const ENTRIES_A_LOOK = 200;

/**
 * From which age on a reservation's account is asked about it. Most have come to their end long before,
 * and an account that has a hold on it, or a commit under way, says so: it is only a question.
 */
const ASK_AFTER_MS = 10_000;

/** What begins the name of a market's chain. */
const OF_MARKETS = chainOf({ marketId: "" });

/** Some of the book's markets: their chains, what is at stake on them, and what is reserved. */
export class MarketObject extends DurableObject<LedgerBindings>
  implements MarketCalls, OutboxCalls, MarketUseCases {
  protected readonly ledger: MarketLedger;
  readonly #tables: MarketTables;
  readonly #alarm: AlarmClock;
  readonly #claims: ClaimLine;
  readonly #keeper: ReservationKeeper;
  readonly #committer: GroupCommitter;
  #parcels: Parcel[] = [];

  constructor(ctx: ObjectState, env: LedgerBindings) {
    super(ctx, env);
    const { storage } = ctx;
    const { clock } = SURROUNDINGS;
    const markets = new MarketTables(storage.sql);
    const liabilities = new LiabilityTables(storage.sql);
    this.#tables = markets;
    this.#alarm = new AlarmClock(storage, () => this.#neededMs());
    const reserved = () => this.#alarm.wakeBy(clock.nowMs() + ASK_AFTER_MS);
    this.#claims = new ClaimLine({ storage, markets, liabilities, clock, reserved });
    const { ACCOUNTS: accounts } = env;
    const askAfterMs = ASK_AFTER_MS;
    this.#keeper = new ReservationKeeper({ storage, liabilities, clock, accounts, askAfterMs });
    this.ledger = new MarketLedger({
      storage,
      tables: markets,
      liabilities,
      register: (chain) => theOnly(env.CATALOGUE).register([chain]),
      stored: (parcels) => {
        this.#parcels.push(...parcels);
        this.#alarm.wakeBy(clock.nowMs() + LOOK_AFTER_MS);
      },
    });
    this.#committer = new GroupCommitter({ ...SURROUNDINGS, ledger: this.ledger }, POLICY);
  }

  snapshots(marketIds: readonly string[]) {
    return Promise.resolve(marketIds.map((marketId) => this.#claims.snapshot(marketId)));
  }

  claim(claims: Claims) {
    return this.#claims.claim(claims);
  }

  release(reservations: readonly ReservationRef[]) {
    return Promise.resolve(this.#keeper.release(reservations));
  }

  stand(reservations: readonly ReservationRef[]) {
    return Promise.resolve(this.#keeper.stand(reservations));
  }

  changeMarket(asking: MarketAsking) {
    const ports = { ...SURROUNDINGS, ledger: this.ledger, committer: this.#committer };
    return this.#withParcels(changeMarket(ports, asking));
  }

  openMarkets(offered: OfferedEvent) {
    // The event itself is put on offer by whoever asks all the objects that have its markets.
    const book = { offer: () => Promise.resolve() };
    const ports = { ...SURROUNDINGS, ledger: this.ledger, committer: this.#committer, book };
    return this.#withParcels(offerEvent(ports, offered));
  }

  parcels(page: { readonly chain: string; readonly after: number; readonly limit: number }) {
    const { chain, after, limit } = page;
    const marketId = chain.slice(OF_MARKETS.length);
    return Promise.resolve(this.#tables.parcels(marketId, after, limit));
  }

  /** Asks accounts about old reservations, and sends again what the log does not have. */
  async alarm(): Promise<void> {
    const retryMs = SURROUNDINGS.clock.nowMs() + LOOK_AFTER_MS;
    await this.#alarm.ring(async () => {
      await this.#keeper.askAccounts();
      await this.#sendAgain();
    }, { retryMs });
  }

  async #sendAgain(): Promise<void> {
    this.#parcels = [];
    const tables = this.#tables;
    const marketIds = tables.undelivered();
    if (marketIds.length === 0) return;
    const chains = marketIds.map((marketId) => chainOf({ marketId }));
    const reached = await theOnly(this.env.LOG).reached(chains);
    for (const [index, marketId] of marketIds.entries()) {
      const seq = reached[index] ?? 0;
      tables.markDelivered(marketId, seq);
      await sendParcels(this.env.ENTRIES, tables.parcels(marketId, seq, ENTRIES_A_LOOK));
    }
  }

  #neededMs(): number | null {
    const nowMs = SURROUNDINGS.clock.nowMs();
    const askMs = this.#keeper.nextMs();
    const sendMs = this.#tables.undelivered().length > 0 ? nowMs + LOOK_AFTER_MS : null;
    if (askMs === null) return sendMs;
    // What was asked about just now, and is still pending, is not asked about at once again.
    return Math.min(Math.max(askMs, nowMs + LOOK_AFTER_MS), sendMs ?? Infinity);
  }

  /** The answer, with what was stored until then by whomever; the alarm looks after what is lost. */
  async #withParcels<Answer>(answering: Promise<Answer>): Promise<WithParcels<Answer>> {
    const answer = await answering;
    const parcels = this.#parcels;
    this.#parcels = [];
    return { answer, parcels };
  }
}
