import type { Clock } from "../../ports/surroundings.ts";
import type { LiabilityTables, Reservation } from "./liability_tables.ts";
import type {
  Liability,
  ReservationFate,
  ReservationHolder,
  ReservationRef,
} from "./market_calls.ts";
import { byObject } from "./placement.ts";
import type { ObjectNamespace, ObjectStorage } from "./platform.ts";

/** How many reservations one look at the old ones takes. */
const RESERVATIONS_A_LOOK = 200;

/**
 * Sees to it that every reservation comes to an end: its bet stands, it is given back, or, when nobody
 * has said so for long, its account is asked.
 */
export class ReservationKeeper {
  constructor(
    readonly parts: {
      readonly storage: ObjectStorage;
      readonly liabilities: LiabilityTables;
      readonly clock: Clock;
      readonly accounts: ObjectNamespace<ReservationHolder>;
      /** From which age on an account is asked: longer than a hold lives. */
      readonly askAfterMs: number;
    },
  ) {}

  /**
   * Takes away what reservations added; those that are gone already are passed over. Answers what is at
   * stake now where something was taken away.
   */
  release(reservations: readonly ReservationRef[]): readonly Liability[] {
    return this.#write((liabilities) => reservations.flatMap((one) => liabilities.giveBack(one)));
  }

  /** Forgets reservations whose bets stand. */
  stand(reservations: readonly ReservationRef[]): void {
    this.#write((liabilities) => liabilities.stand(reservations));
  }

  /**
   * Asks accounts about old reservations, a bounded number of them. One whose account does not answer,
   * or says that it is pending, is asked about again by the next call.
   */
  async askAccounts(): Promise<void> {
    const { liabilities, clock, accounts, askAfterMs } = this.parts;
    const old = liabilities.madeBefore(clock.nowMs() - askAfterMs, RESERVATIONS_A_LOOK);
    const answers = await Promise.allSettled(
      [...byObject(old, ({ accountId }) => accountId)].map(async ([accountId, own]) => {
        const fates = await accounts.getByName(accountId).fates(own.map(refOf));
        return own.map((reservation, index) => ({ reservation, fate: fates[index] }));
      }),
    );
    const told = answers.flatMap((answer) => answer.status === "fulfilled" ? answer.value : []);
    const ended = (fate: ReservationFate) =>
      told.filter((one) => one.fate === fate).map(({ reservation }) => refOf(reservation));
    this.stand(ended("stands"));
    this.release(ended("none"));
  }

  /** When old reservations are to be asked about next; null when there are none. */
  nextMs(): number | null {
    const oldestMs = this.parts.liabilities.oldestMs();
    return oldestMs === null ? null : oldestMs + this.parts.askAfterMs;
  }

  #write<Result>(write: (liabilities: LiabilityTables) => Result): Result {
    const { storage, liabilities } = this.parts;
    try {
      return storage.transactionSync(() => write(liabilities));
    } catch (error) {
      liabilities.forget();
      throw error;
    }
  }
}

function refOf({ backingId, attempt }: Reservation): ReservationRef {
  return { backingId, attempt };
}
