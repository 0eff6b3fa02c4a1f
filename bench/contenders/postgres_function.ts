import type postgres from "postgres";
import { accountIdAt, PRICE, selectionAt, STAKE_MINOR } from "../book.ts";
import type { BenchBet, Contender } from "../contender.ts";
import { openDatabase, quieten } from "./postgres_database.ts";

/** A stored function: the whole bet and its audit row in one prepared statement, one round trip. */
export class PostgresFunction implements Contender {
  readonly audit = null;
  #sql: postgres.Sql | null = null;

  constructor(readonly server: { readonly socketFolder: string; readonly database: string }) {}

  async open(accounts: number): Promise<void> {
    this.#sql = await openDatabase(this.server.socketFolder, this.server.database, accounts);
  }

  async place(bet: BenchBet): Promise<"placed" | "refused"> {
    const { marketId, selectionId } = selectionAt(bet.selectionIndex);
    const [answer] = await this.#opened()`
      select outcome, balance from place_bet(${accountIdAt(bet.accountIndex)}, ${bet.requestId},
        ${marketId}, ${selectionId}, ${PRICE.num}, ${PRICE.den}, ${STAKE_MINOR})`;
    return answer?.outcome === "bet.placed" ? "placed" : "refused";
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
