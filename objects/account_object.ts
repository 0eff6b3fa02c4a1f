import { DurableObject } from "cloudflare:workers";
import { AccountLedger } from "../lib/adapters/cloudflare/account_ledger.ts";
import { AccountTables } from "../lib/adapters/cloudflare/account_tables.ts";
import { AlarmClock } from "../lib/adapters/cloudflare/alarm_clock.ts";
import { sendParcels } from "../lib/adapters/cloudflare/courier.ts";
import type { ReservationFate, ReservationRef } from "../lib/adapters/cloudflare/market_calls.ts";
import type { Parcel } from "../lib/adapters/cloudflare/parcel.ts";
import { theOnly } from "../lib/adapters/cloudflare/placement.ts";
import type { ObjectState } from "../lib/adapters/cloudflare/platform.ts";
import { findBet, listBets, listStatement, type PageRequest } from "../lib/app/account_history.ts";
import type { BetRequest } from "../lib/app/backing.ts";
import { GroupCommitter } from "../lib/app/group_committer.ts";
import { HoldSweeper } from "../lib/app/hold_sweeper.ts";
import {
  authoriseHold,
  confirmHold,
  findHold,
  type HoldRequest,
  voidHold,
} from "../lib/app/holds.ts";
import { openDemoAccount } from "../lib/app/open_account.ts";
import { placeBet } from "../lib/app/place_bet.ts";
import { accountAt } from "../lib/domain/account.ts";
import { accountEntry } from "../lib/domain/entry.ts";
import type { AccountCalls, WithParcels } from "./account_calls.ts";
import type { LedgerBindings } from "./bindings.ts";
import { POLICY, SURROUNDINGS } from "./surroundings.ts";
import { bookDesk } from "./wiring.ts";

/** When entries that may not have reached the log are looked after, and how many at once. */
const LOOK_AFTER_MS = 10_000;
const ENTRIES_A_LOOK = 200;

/** One account: its chain, decided and stored here by the same use cases as everywhere. */
export class AccountObject extends DurableObject<LedgerBindings> implements AccountCalls {
  readonly #tables: AccountTables;
  readonly #alarm: AlarmClock;
  protected readonly ledger: AccountLedger;
  readonly #asking: typeof SURROUNDINGS & {
    readonly committer: GroupCommitter;
  };
  readonly #sweeper: HoldSweeper;
  #parcels: Parcel[] = [];
  /** Up to which entry the log is known to have the chain. An alarm is set while it may lack any. */
  #reached = 0;

  constructor(ctx: ObjectState, env: LedgerBindings) {
    super(ctx, env);
    const { storage } = ctx;
    const tables = new AccountTables(storage.sql);
    this.#tables = tables;
    this.#alarm = new AlarmClock(storage, () => this.#neededMs());
    this.ledger = new AccountLedger({
      storage,
      tables,
      desk: bookDesk(env),
      randomness: SURROUNDINGS.randomness,
      register: (chain) => theOnly(env.CATALOGUE).register([chain]),
      stored: (parcels) => this.#stored(parcels),
    });
    const { ledger } = this;
    const committer = new GroupCommitter({ ...SURROUNDINGS, ledger }, POLICY);
    this.#asking = { ...SURROUNDINGS, committer };
    this.#sweeper = new HoldSweeper({ ...SURROUNDINGS, ledger, committer });
  }

  openDemo(letters: string) {
    const ports = { ...this.#asking, randomness: { letters: () => letters } };
    return this.#withParcels(openDemoAccount(ports, POLICY));
  }

  placeBet(request: BetRequest) {
    return this.#withParcels(placeBet(this.#asking, POLICY, request));
  }

  authoriseHold(request: BetRequest) {
    return this.#withParcels(authoriseHold(this.#asking, POLICY, request));
  }

  confirmHold(request: HoldRequest) {
    return this.#withParcels(confirmHold(this.#asking, request));
  }

  voidHold(request: HoldRequest) {
    return this.#withParcels(voidHold(this.#asking, request));
  }

  sweepHolds() {
    return this.#withParcels(this.#sweeper.sweep());
  }

  hold(accountId: string, holdId: string) {
    return findHold(this.ledger, accountId, {
      holdId,
      atMs: SURROUNDINGS.clock.nowMs(),
    });
  }

  async account(accountId: string) {
    const newest = await this.ledger.newest(accountId);
    return newest && accountAt(newest.state, SURROUNDINGS.clock.nowMs());
  }

  bets(accountId: string, page: PageRequest) {
    return listBets(this.ledger, accountId, page);
  }

  bet(accountId: string, betId: string) {
    return findBet(this.ledger, accountId, betId);
  }

  statement(accountId: string, page: PageRequest) {
    return listStatement(this.ledger, accountId, page);
  }

  async request(accountId: string, requestId: string) {
    const entry = await this.ledger.answer(accountId, requestId);
    return entry && accountEntry(entry);
  }

  parcels(
    { after, limit }: { readonly after: number; readonly limit: number },
  ) {
    return Promise.resolve(this.#tables.parcels(after, limit));
  }

  fates(
    reservations: readonly ReservationRef[],
  ): Promise<readonly ReservationFate[]> {
    return Promise.resolve(
      reservations.map((reservation) => this.ledger.fate(reservation)),
    );
  }

  /** Ends a dead hold, pays what is owed to markets, and sends again what the log does not have. */
  async alarm(): Promise<void> {
    const retryMs = SURROUNDINGS.clock.nowMs() + LOOK_AFTER_MS;
    await this.#alarm.ring(async () => {
      await this.#sweeper.sweep();
      await this.ledger.payReleases();
      await this.#sendAgain();
    }, { retryMs });
  }

  async #sendAgain(): Promise<void> {
    this.#parcels = [];
    const newest = this.#tables.newest();
    if (!newest) return;
    const [reached = 0] = await theOnly(this.env.LOG).reached([
      newest.state.id,
    ]);
    this.#reached = reached;
    await sendParcels(
      this.env.ENTRIES,
      this.#tables.parcels(reached, ENTRIES_A_LOOK),
    );
  }

  #stored(parcels: readonly Parcel[]): void {
    this.#parcels.push(...parcels);
    const nowMs = SURROUNDINGS.clock.nowMs();
    this.#alarm.wakeBy(
      Math.min(nowMs + LOOK_AFTER_MS, this.#holdEndsMs() ?? Infinity),
    );
  }

  #neededMs(): number | null {
    const tables = this.#tables;
    const lacking = this.#reached < (tables.newest()?.seq ?? 0);
    const owing = tables.owedReleases().length > 0;
    const soonMs = lacking || owing ? SURROUNDINGS.clock.nowMs() + LOOK_AFTER_MS : null;
    const holdEndsMs = this.#holdEndsMs();
    return holdEndsMs === null ? soonMs : Math.min(holdEndsMs, soonMs ?? Infinity);
  }

  #holdEndsMs(): number | null {
    return this.#tables.newest()?.state.hold?.expiresAtMs ?? null;
  }

  /** The answer, with what was stored until then by whomever; the alarm looks after what is lost. */
  async #withParcels<Answer>(
    answering: Promise<Answer>,
  ): Promise<WithParcels<Answer>> {
    const answer = await answering;
    const parcels = this.#parcels;
    this.#parcels = [];
    return { answer, parcels };
  }
}
