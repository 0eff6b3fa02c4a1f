import { DurableObject } from "cloudflare:workers";
import type { ObjectState } from "../../lib/adapters/cloudflare/platform.ts";
import type { BetRequest } from "../../lib/app/backing.ts";
import { BALANCE_MINOR } from "../book.ts";

/**
 * The classic design, to compare with: an object an account, whose balance, bets and outbox are rows of
 * one transaction. Nothing bounds what the book may lose.
 */
export class ClassicObject extends DurableObject<unknown> {
  constructor(ctx: ObjectState, env: unknown) {
    super(ctx, env);
    const { sql } = ctx.storage;
    sql.exec(
      "create table if not exists account (id integer primary key, balance integer)",
    );
    sql.exec(
      "create table if not exists bet (request_id text primary key, json text)",
    );
    sql.exec(
      "create table if not exists outbox (seq integer primary key, json text)",
    );
  }

  placeBet(request: BetRequest): Promise<unknown> {
    const { sql } = this.ctx.storage;
    return Promise.resolve(this.ctx.storage.transactionSync(() => {
      const [known] = sql.exec<{ json: string }>(
        "select json from bet where request_id = ?",
        request.requestId,
      ).toArray();
      if (known) return JSON.parse(known.json);
      const [row] = sql.exec<{ balance: number }>("select balance from account")
        .toArray();
      const balanceMinor = (row?.balance ?? BALANCE_MINOR) - request.stakeMinor;
      if (balanceMinor < 0) return { refused: "insufficient_funds" };
      const { requestId, accountId, legs, stakeMinor, atMs } = request;
      const bet = {
        id: `bet_${requestId}`,
        requestId,
        accountId,
        status: "open",
        legs,
        stakeMinor,
      };
      const account = { id: accountId, currency: "GBP", balanceMinor };
      const answer = { bet: { ...bet, placedAtMs: atMs }, account };
      const json = JSON.stringify(answer);
      sql.exec("insert or replace into account values (1, ?)", balanceMinor);
      sql.exec("insert into bet values (?, ?)", requestId, json);
      sql.exec("insert into outbox (json) values (?)", json);
      return answer;
    }));
  }
}
