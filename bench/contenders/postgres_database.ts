import postgres from "postgres";
import {
  accountIdAt,
  BALANCE_MINOR,
  LIABILITY_CAP_MINOR,
  PRICE,
  selectionAt,
  SELECTIONS,
} from "../book.ts";

/**
 * Connections an application keeps. More clients than this wait for one in the application. Of 8, 16,
 * 32 and 64, this many let PostgreSQL do most on a machine with two cores.
 */
const CONNECTIONS = 32;

/** Accounts that one statement of the load brings in. */
const LOADED_TOGETHER = 10_000;

/** A database of its own with the schema and `accounts` accounts in it, and its connections. */
export async function openDatabase(
  socketFolder: string,
  database: string,
  accounts: number,
): Promise<postgres.Sql> {
  const how = { host: socketFolder, username: "postgres", onnotice: () => {} };
  const admin = postgres({ ...how, database: "postgres", max: 1 });
  await admin.unsafe(`create database ${database}`);
  await admin.end();
  const sql = postgres({ ...how, database, max: CONNECTIONS, prepare: true });
  await sql.unsafe(await Deno.readTextFile(new URL("postgres_schema.sql", import.meta.url)));
  for (let start = 0; start < accounts; start += LOADED_TOGETHER) {
    const length = Math.min(LOADED_TOGETHER, accounts - start);
    const ids = Array.from({ length }, (_, index) => accountIdAt(start + index));
    await sql`
      insert into account
      select id, 'GBP', ${BALANCE_MINOR}, 0, 1 from unnest(${ids}::text[]) id`;
  }
  const rows = Array.from({ length: SELECTIONS }, (_, index) => {
    const { marketId, selectionId } = selectionAt(index);
    return {
      market_id: marketId,
      selection_id: selectionId,
      status: "open",
      version: 1,
      price_num: PRICE.num,
      price_den: PRICE.den,
      liability_minor: 0,
      liability_cap_minor: LIABILITY_CAP_MINOR,
    };
  });
  await sql`insert into selection ${sql(rows)}`;
  await sql`analyze`;
  return sql;
}

/** Leaves the disk quiet: what is dirty is written now and not in somebody else's turn. */
export async function quieten(sql: postgres.Sql): Promise<void> {
  await sql`checkpoint`;
}
