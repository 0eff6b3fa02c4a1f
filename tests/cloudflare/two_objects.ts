import { AccountLedger } from "../../lib/adapters/cloudflare/account_ledger.ts";
import { AccountTables } from "../../lib/adapters/cloudflare/account_tables.ts";
import { BookDesk, rememberMarkets } from "../../lib/adapters/cloudflare/book_desk.ts";
import { ClaimLine } from "../../lib/adapters/cloudflare/claim_line.ts";
import { LiabilityTables } from "../../lib/adapters/cloudflare/liability_tables.ts";
import type { MarketCalls, ReservationHolder } from "../../lib/adapters/cloudflare/market_calls.ts";
import { MarketLedger } from "../../lib/adapters/cloudflare/market_ledger.ts";
import { MarketTables } from "../../lib/adapters/cloudflare/market_tables.ts";
import type { ObjectStorage } from "../../lib/adapters/cloudflare/platform.ts";
import { ReservationKeeper } from "../../lib/adapters/cloudflare/reservation_keeper.ts";
import { systemRandomness } from "../../lib/adapters/system/surroundings.ts";
import { GroupCommitter } from "../../lib/app/group_committer.ts";
import { NOON_MS, noWait } from "../given.ts";
import type { FaultyCalls } from "./faulty_calls.ts";
import { SqliteStorage } from "./sqlite_storage.ts";

const ready = () => Promise.resolve();

/** The object of some markets, in this process. */
export function openMarkets(accountOf: (accountId: string) => ReservationHolder) {
  const storage = new SqliteStorage();
  const clock = { nowMs: () => NOON_MS };
  const markets = new MarketTables(storage.sql);
  const liabilities = new LiabilityTables(storage.sql);
  const line = new ClaimLine({ storage, markets, liabilities, clock, reserved: () => {} });
  const keeper = new ReservationKeeper({
    storage,
    liabilities,
    clock,
    accounts: { getByName: accountOf },
    // Every reservation is old at once.
    askAfterMs: -1,
  });
  const ledger = new MarketLedger({
    storage,
    tables: markets,
    liabilities,
    register: ready,
    stored: () => {},
  });
  const calls: MarketCalls = {
    snapshots: (ids) => Promise.resolve(ids.map((id) => line.snapshot(id))),
    claim: (claims) => line.claim(claims),
    release: (reservations) => Promise.resolve(keeper.release(reservations)),
    stand: (reservations) => Promise.resolve(keeper.stand(reservations)),
  };
  return { calls, ledger, keeper, liabilities };
}

/** The object of an account, in this process; it can be cut off and wakes again on what it stored. */
export class AccountInProcess implements ReservationHolder {
  readonly #storage = new SqliteStorage();
  #life = { over: false };
  ledger: AccountLedger;
  committer: GroupCommitter;

  constructor(readonly market: () => MarketCalls, readonly faults: FaultyCalls) {
    [this.ledger, this.committer] = this.#wake();
  }

  fates(reservations: Parameters<ReservationHolder["fates"]>[0]) {
    return Promise.resolve(reservations.map((reservation) => this.ledger.fate(reservation)));
  }

  /** Ends it in the middle of whatever it does: nothing of that is stored any more. */
  crash(): void {
    this.#life.over = true;
    this.#life = { over: false };
    [this.ledger, this.committer] = this.#wake();
  }

  #wake(): [AccountLedger, GroupCommitter] {
    const life = this.#life;
    const storage: ObjectStorage = {
      sql: this.#storage.sql,
      transactionSync: (write) => {
        if (life.over) throw new Error("this object has ended");
        return this.#storage.transactionSync(write);
      },
      sync: ready,
      getAlarm: () => Promise.resolve(null),
      setAlarm: ready,
      deleteAlarm: ready,
    };
    const ledger = new AccountLedger({
      storage,
      tables: new AccountTables(storage.sql),
      desk: new BookDesk({
        getByName: () => {
          if (life.over) throw new Error("this object has ended");
          return this.faults.through(this.market);
        },
      }, rememberMarkets()),
      randomness: systemRandomness,
      register: ready,
      stored: () => {},
    });
    const brake = { released: () => Promise.resolve(true) };
    const policy = { commitAttempts: 8, waitingAtMost: 1_000 };
    return [ledger, new GroupCommitter({ ledger, brake, backoff: noWait }, policy)];
  }
}
