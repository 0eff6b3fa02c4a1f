import type { ObjectNamespace } from "../../lib/adapters/cloudflare/platform.ts";
import { type ObjectState } from "../../lib/adapters/cloudflare/platform.ts";
import { ObjectBook } from "../../lib/adapters/cloudflare/object_book.ts";
import { ObjectSessions } from "../../lib/adapters/cloudflare/object_sessions.ts";
import { marketObjectOf } from "../../lib/adapters/cloudflare/placement.ts";
import type { LedgerStore } from "../../lib/ports/ledger_store.ts";
import { AccountObject as Account } from "../../objects/account_object.ts";
import { type LedgerBindings } from "../../objects/bindings.ts";
import { CatalogueObject as Catalogue } from "../../objects/catalogue_object.ts";
import { LogObject as Log } from "../../objects/log_object.ts";
import { MarketObject as Market } from "../../objects/market_object.ts";
import { SessionObject as Session } from "../../objects/session_object.ts";
import { auditLog, bookDesk, delivery, outboxes } from "../../objects/wiring.ts";
import { tablesOf } from "./tables_of.ts";
import { fromWire, toWire } from "./wire.ts";

/** A call from a test: which home's which part is to do what. */
export interface BridgeCall {
  readonly home: string;
  readonly on:
    | "log"
    | "book"
    | "sessions"
    | "desk"
    | "account"
    | "market"
    | "outboxes"
    | "delivery";
  /** The object's own name, for calls on accounts and markets. */
  readonly name?: string;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** Reaches the ledger that an object decides on; only tests do. */
interface LedgerCalls {
  callLedger(method: keyof LedgerStore, args: readonly unknown[]): Promise<unknown>;
}

/** Every home's objects have names of their own, so that one workerd serves many homes. */
function homeEnv(env: LedgerBindings, home: string): LedgerBindings {
  const own = <Calls>(objects: ObjectNamespace<Calls>): ObjectNamespace<Calls> => ({
    getByName: (name) => objects.getByName(`${home}/${name}`),
  });
  const { ACCOUNTS, MARKETS, LOG, CATALOGUE, SESSIONS, RECORDS } = env;
  return {
    ...env,
    ACCOUNTS: own(ACCOUNTS),
    MARKETS: own(MARKETS),
    LOG: own(LOG),
    CATALOGUE: own(CATALOGUE),
    SESSIONS: own(SESSIONS),
    RECORDS: { prepare: (statement) => RECORDS.prepare(tablesOf(home, statement)) },
  };
}

function ofHome({ id }: ObjectState): string {
  return id.name?.split("/")[0] ?? "";
}

async function called(target: object, method: string, args: readonly unknown[]): Promise<unknown> {
  const answer = await Reflect.get(target, method).apply(target, args);
  return Symbol.asyncIterator in Object(answer) ? await Array.fromAsync(answer) : answer;
}

/** The objects as they are, and a way to the ledgers inside. Alarms go off when a test says so. */
export class AccountObject extends Account implements LedgerCalls {
  constructor(ctx: ObjectState, env: LedgerBindings) {
    super(ctx, homeEnv(env, ofHome(ctx)));
  }

  override alarm(): Promise<void> {
    return Promise.resolve();
  }

  ring(): Promise<void> {
    return super.alarm();
  }

  callLedger(method: keyof LedgerStore, args: readonly unknown[]): Promise<unknown> {
    return called(this.ledger, method, args);
  }
}

/** The same. */
export class MarketObject extends Market implements LedgerCalls {
  constructor(ctx: ObjectState, env: LedgerBindings) {
    super(ctx, homeEnv(env, ofHome(ctx)));
  }

  override alarm(): Promise<void> {
    return Promise.resolve();
  }

  ring(): Promise<void> {
    return super.alarm();
  }

  callLedger(method: keyof LedgerStore, args: readonly unknown[]): Promise<unknown> {
    return called(this.ledger, method, args);
  }
}

/** The same. */
export class LogObject extends Log {
  constructor(ctx: ObjectState, env: LedgerBindings) {
    super(ctx, homeEnv(env, ofHome(ctx)));
  }
}

/** The same. */
export class CatalogueObject extends Catalogue {}

/** The same. */
export class SessionObject extends Session {}

/** Takes calls from tests to the parts of a home. */
export default {
  async fetch(request: Request, bindings: LedgerBindings): Promise<Response> {
    const call = fromWire(await request.text()) as BridgeCall;
    try {
      const answer = await answered(call, homeEnv(bindings, call.home));
      return new Response(toWire({ answer }));
    } catch (error) {
      return new Response(toWire({ error: String(error) }), { status: 500 });
    }
  },
};

async function answered(call: BridgeCall, env: LedgerBindings): Promise<unknown> {
  const { on, name = "", method, args } = call;
  switch (on) {
    case "account":
    case "market": {
      const objects = on === "account" ? env.ACCOUNTS : env.MARKETS;
      const object = objects.getByName(on === "account" ? name : marketObjectOf(name));
      const calls = object as unknown as LedgerCalls;
      return method === "callLedger"
        ? await calls.callLedger(args[0] as keyof LedgerStore, args[1] as readonly unknown[])
        : await called(object, method, args);
    }
    case "log":
      return await called(auditLog(env), method, args);
    case "book":
      return await called(new ObjectBook(env.CATALOGUE, bookDesk(env)), method, args);
    case "sessions":
      return await called(new ObjectSessions(env.SESSIONS), method, args);
    case "desk":
      return await called(bookDesk(env), method, args);
    case "outboxes":
      return await called(outboxes(env), method, args);
    case "delivery":
      return await called(delivery(env), method, args);
  }
}
