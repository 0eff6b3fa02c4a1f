import type postgres from "postgres";
import { accountIdAt, PRICE, selectionAt, STAKE_MINOR } from "../book.ts";
import type { BenchBet, Contender } from "../contender.ts";
import { openDatabase, quieten } from "./postgres_database.ts";

/** What most applications write: a transaction led by the application, with the account's row locked. */
export class PostgresRowLock implements Contender {
  readonly audit = null;
  #sql: postgres.Sql | null = null;

  constructor(readonly server: { readonly socketFolder: string; readonly database: string }) {}

  async open(accounts: number): Promise<void> {
    this.#sql = await openDatabase(this.server.socketFolder, this.server.database, accounts);
  }

  async place(bet: BenchBet): Promise<"placed" | "refused"> {
    const { requestId } = bet;
    const accountId = accountIdAt(bet.accountIndex);
    const { marketId, selectionId } = selectionAt(bet.selectionIndex);
    const returnsMinor = Math.floor(STAKE_MINOR * PRICE.num / PRICE.den);
    const liabilityMinor = returnsMinor - STAKE_MINOR;
    return await this.#opened().begin(async (sql) => {
      const [account] = await sql`
        select balance_minor, seq from account where id = ${accountId} for update`;
      if (!account) return "refused";
      const [earlier] = await sql`
        select type from audit where account_id = ${accountId} and request_id = ${requestId}`;
      if (earlier) return earlier.type === "bet.placed" ? "placed" : "refused";
      const seq = Number(account.seq) + 1;
      const balanceMinor = Number(account.balance_minor) - STAKE_MINOR;
      const [backed] = balanceMinor < 0 ? [] : await sql`
        update selection set liability_minor = liability_minor + ${liabilityMinor}
        where market_id = ${marketId} and selection_id = ${selectionId} and status = 'open'
          and price_num = ${PRICE.num} and price_den = ${PRICE.den}
          and liability_minor + ${liabilityMinor} <= liability_cap_minor
        returning version`;
      const record = {
        actor: `player:${accountId}`,
        ...{ marketId, selectionId, price: PRICE, stakeMinor: STAKE_MINOR },
        potentialReturnsMinor: returnsMinor,
        balanceMinor: backed ? balanceMinor : Number(account.balance_minor),
      };
      const type = backed ? "bet.placed" : "bet.refused";
      const writes: Promise<unknown>[] = [];
      if (backed) {
        writes.push(
          sql`
            insert into bet values (${accountId}, ${seq}, ${marketId}, ${selectionId},
              ${backed.version}, ${PRICE.num}, ${PRICE.den}, ${STAKE_MINOR}, ${returnsMinor}, 'open',
              now())`,
        );
      }
      writes.push(
        sql`
          update account set balance_minor = ${record.balanceMinor},
            at_risk_minor = at_risk_minor + ${backed ? STAKE_MINOR : 0}, seq = ${seq}
          where id = ${accountId}`,
        sql`
          insert into audit values (${accountId}, ${seq}, ${requestId}, now(), ${type},
            ${sql.json(record)})`,
      );
      // The driver sends these three in one go, which spares two round trips.
      await Promise.all(writes);
      return backed ? "placed" : "refused";
    });
  }

  async settle(): Promise<void> {
    await quieten(this.#opened());
  }

  async close(): Promise<void> {
    await this.#sql?.end();
  }

  #opened(): postgres.Sql {
    if (!this.#sql) throw new Error("the database is not open");
    return this.#sql;
  }
}
