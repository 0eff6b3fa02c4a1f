import { waitUntil } from "cloudflare:workers";
import type { MessageBatch, ObjectNamespace } from "../../lib/adapters/cloudflare/platform.ts";
import type { BetRequest } from "../../lib/app/backing.ts";
import type { LedgerBindings } from "../../objects/bindings.ts";
import { delivery } from "../../objects/wiring.ts";
import { cloudflareServices } from "../../objects/services.ts";
import { accountIdAt, BALANCE_MINOR, marketAt, MARKETS } from "../book.ts";
import type { ClassicObject } from "./classic_object.ts";

export { AccountObject } from "../../objects/account_object.ts";
export { CatalogueObject } from "../../objects/catalogue_object.ts";
export { LogObject } from "../../objects/log_object.ts";
export { MarketObject } from "../../objects/market_object.ts";
export { SessionObject } from "../../objects/session_object.ts";
export { ClassicObject } from "./classic_object.ts";

interface Env extends LedgerBindings {
  readonly CLASSIC: ObjectNamespace<ClassicObject>;
}

let services: ReturnType<typeof cloudflareServices> | null = null;

/** The contenders in workerd, each behind the same thin layer: what JSON costs and no more. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    services ??= cloudflareServices(env, { demo: true, waitUntil });
    const { pathname } = new URL(request.url);
    if (pathname === "/seed") return await seed(env, await request.json());
    if (pathname === "/head") {
      return Response.json({ size: (await services.auditHead()).size });
    }
    const asked: Omit<BetRequest, "requestId" | "actor" | "atMs"> = await request.json();
    const requestId = request.headers.get("idempotency-key") ?? "";
    const actor = `player:${asked.accountId}`;
    const bet: BetRequest = { ...asked, requestId, actor, atMs: Date.now() };
    switch (pathname) {
      case "/answer":
        return Response.json({ bet, account: { balanceMinor: 1 } }, {
          status: 201,
        });
      case "/classic":
        return Response.json(
          await env.CLASSIC.getByName(bet.accountId).placeBet(bet),
          {
            status: 201,
          },
        );
      case "/ours": {
        const answer = await services.placeBet(bet);
        return Response.json(answer, {
          status: answer.kind === "placed" ? 201 : 409,
        });
      }
    }
    return new Response("no such contender", { status: 404 });
  },

  async queue(batch: MessageBatch<string>, env: Env): Promise<void> {
    await delivery(env).handle(batch);
  },
};

/** Opens the markets, or accounts `from` to `to`. */
async function seed(
  env: Env,
  asked: {
    readonly markets?: boolean;
    readonly from: number;
    readonly to: number;
  },
): Promise<Response> {
  if (asked.markets) {
    for (let index = 0; index < MARKETS; index++) {
      const market = marketAt(index);
      const event = {
        id: market.eventId,
        sport: "football",
        competition: "Bench",
        name: market.eventId,
        startsAtMs: Date.now(),
        marketIds: [market.id],
      } as const;
      if (!await services?.offerEvent({ event, markets: [market] })) {
        throw new Error("not offered");
      }
    }
    return new Response("ok");
  }
  for (let index = asked.from; index < asked.to; index++) {
    const accountId = accountIdAt(index);
    await env.ACCOUNTS.getByName(accountId).openDemo(accountId.slice(4));
  }
  return new Response(`${BALANCE_MINOR}`);
}
