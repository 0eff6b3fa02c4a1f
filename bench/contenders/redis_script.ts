import { Redis } from "ioredis";
import {
  accountIdAt,
  BALANCE_MINOR,
  LIABILITY_CAP_MINOR,
  PRICE,
  selectionAt,
  SELECTIONS,
  STAKE_MINOR,
} from "../book.ts";
import type { BenchBet, Contender } from "../contender.ts";

/** Commands of the load that go over in one go. */
const LOADED_TOGETHER = 10_000;

/** One Lua script a bet, each client on its own of a number of connections, none waiting for others. */
export class RedisScript implements Contender {
  readonly audit = null;
  #connections: Redis[] = [];
  #script = "";

  constructor(
    readonly server: {
      readonly socketPath: string;
      /** The number of one of Redis's databases; empty. */
      readonly database: number;
      readonly connections: number;
    },
  ) {}

  async open(accounts: number): Promise<void> {
    const { socketPath: path, database: db, connections } = this.server;
    this.#connections = Array.from({ length: connections }, () => new Redis({ path, db }));
    const redis = this.#connection(0);
    for (let index = 0; index < SELECTIONS; index++) {
      const { marketId, selectionId } = selectionAt(index);
      await redis.hset(`selection:${marketId}:${selectionId}`, {
        ...{ status: "open", version: 1, num: PRICE.num, den: PRICE.den },
        ...{ liability: 0, cap: LIABILITY_CAP_MINOR },
      });
    }
    for (let start = 0; start < accounts; start += LOADED_TOGETHER) {
      const load = redis.pipeline();
      for (let index = start; index < Math.min(accounts, start + LOADED_TOGETHER); index++) {
        const account = { currency: "GBP", balance: BALANCE_MINOR, atRisk: 0, seq: 1 };
        load.hset(`account:${accountIdAt(index)}`, account);
      }
      await load.exec();
    }
    const text = await Deno.readTextFile(new URL("redis_place_bet.lua", import.meta.url));
    this.#script = String(await redis.script("LOAD", text));
  }

  async place(bet: BenchBet): Promise<"placed" | "refused"> {
    const accountId = accountIdAt(bet.accountIndex);
    const { marketId, selectionId } = selectionAt(bet.selectionIndex);
    const keys = [
      ...[`account:${accountId}`, `requests:${accountId}`, `bets:${accountId}`],
      ...[`selection:${marketId}:${selectionId}`, "audit"],
    ];
    const answer = await this.#connection(bet.clientIndex).evalsha(
      this.#script,
      keys.length,
      ...keys,
      ...[accountId, bet.requestId, marketId, selectionId],
      ...[PRICE.num, PRICE.den, STAKE_MINOR, Date.now()],
    );
    return Array.isArray(answer) && answer[0] === "bet.placed" ? "placed" : "refused";
  }

  /** Every reply was synced; nothing is left. */
  settle(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.quit()));
  }

  #connection(clientIndex: number): Redis {
    const connection = this.#connections[clientIndex % this.#connections.length];
    if (!connection) throw new Error("Redis is not open");
    return connection;
  }
}
