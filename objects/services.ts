import { Courier } from "../lib/adapters/cloudflare/courier.ts";
import { marketObjectOf } from "../lib/adapters/cloudflare/placement.ts";
import { ObjectBook } from "../lib/adapters/cloudflare/object_book.ts";
import { ObjectSessions } from "../lib/adapters/cloudflare/object_sessions.ts";
import { KnownSessions } from "../lib/adapters/cloudflare/known_sessions.ts";
import type { NotDecided } from "../lib/app/answer_request.ts";
import { endSession, findSession, startDemoSession } from "../lib/app/demo_sessions.ts";
import { publishLobby, readLobby } from "../lib/app/lobby.ts";
import type { Services } from "../lib/app/services.ts";
import { ACCOUNT_ID_LETTERS, accountIdOf } from "../lib/domain/ids.ts";
import type { LobbyStore } from "../lib/ports/lobby_store.ts";
import type { WithParcels } from "./account_calls.ts";
import type { LedgerBindings } from "./bindings.ts";
import { POLICY, SURROUNDINGS } from "./surroundings.ts";
import { auditLog, bookDesk } from "./wiring.ts";

/** Enough that no two ever meet. */
const REQUEST_ID_LETTERS = 24;

/** The application on Durable Objects, as the site asks for it. It keeps nothing of its own. */
export function cloudflareServices(
  env: LedgerBindings,
  options: {
    readonly demo: boolean;
    /** The lobby's copy near the reader; without one it is always drawn from the markets. */
    readonly lobby?: LobbyStore;
    /** Lets work go on behind the answer to the request at hand. */
    readonly waitUntil: (work: Promise<unknown>) => void;
  },
): Services {
  const { clock, randomness } = SURROUNDINGS;
  const courier = new Courier(env.ENTRIES, options.waitUntil, clock);
  const desk = bookDesk(env);
  const log = auditLog(env);
  const book = new ObjectBook(env.CATALOGUE, desk);
  const sessions = new KnownSessions(new ObjectSessions(env.SESSIONS));
  const account = (accountId: string) => env.ACCOUNTS.getByName(accountId);
  const market = (marketId: string) => env.MARKETS.getByName(marketObjectOf(marketId));

  async function delivering<Answer>(
    asked: Promise<WithParcels<Answer>>,
  ): Promise<Answer> {
    const { answer, parcels } = await asked;
    courier.take(parcels);
    return answer;
  }

  async function openAccount(): Promise<string | null> {
    const letters = randomness.letters(ACCOUNT_ID_LETTERS);
    return await delivering(account(accountIdOf(letters)).openDemo(letters));
  }

  const showing = { clock, book, ...(options.lobby ? { lobby: options.lobby } : {}) };
  const signingIn = { ...SURROUNDINGS, sessions, openAccount };
  return {
    policy: POLICY,
    demo: options.demo,
    nowMs: () => clock.nowMs(),
    newRequestId: () => randomness.letters(REQUEST_ID_LETTERS),
    placeBet: (request) => decided(() => delivering(account(request.accountId).placeBet(request))),
    authoriseHold: (request) =>
      decided(() => delivering(account(request.accountId).authoriseHold(request))),
    confirmHold: (request) =>
      decided(() => delivering(account(request.accountId).confirmHold(request))),
    voidHold: (request) => decided(() => delivering(account(request.accountId).voidHold(request))),
    hold: (accountId, holdId) => account(accountId).hold(accountId, holdId),
    // Every account's own alarm ends its dead hold.
    sweepHolds: () => Promise.resolve(0),
    exposures: (selections) => desk.liabilities(selections),
    account: (accountId) => account(accountId).account(accountId),
    bets: (accountId, page) => account(accountId).bets(accountId, page),
    bet: (accountId, betId) => account(accountId).bet(accountId, betId),
    statement: (accountId, page) => account(accountId).statement(accountId, page),
    request: (accountId, requestId) => account(accountId).request(accountId, requestId),
    events: () => book.events(),
    event: (eventId) => book.event(eventId),
    market: (marketId) => book.market(marketId),
    offerEvent: async (offered) => {
      const objects = new Set(
        offered.markets.map(({ id }) => marketObjectOf(id)),
      );
      const opened = await Promise.all([...objects].map((name) => {
        const markets = offered.markets.filter(({ id }) => marketObjectOf(id) === name);
        return delivering(
          env.MARKETS.getByName(name).openMarkets({ ...offered, markets }),
        );
      }));
      if (opened.includes(false)) return false;
      await book.offer(offered.event);
      return true;
    },
    changeMarket: async (request) => {
      const ask = () => delivering(market(request.marketId).changeMarket(request));
      const answer = await decided(ask);
      await publishLobby(showing);
      return answer;
    },
    lobby: (source) => readLobby(showing, { source, staleMs: POLICY.lobbyStaleMs }),
    startDemoSession: (asked) => startDemoSession(signingIn, POLICY, asked),
    session: (token) => findSession(signingIn, token),
    endSession: (token) => endSession(signingIn, token),
    auditHead: () => log.head(),
    auditRecords: ({ chain, after, limit }) =>
      chain === null ? log.read({ after, limit }) : log.readChain({ chain, after, limit }),
    ready: async () => {
      await log.head();
    },
  };
}

/** How often an object is asked the same request, which it answers once. */
const ASKED_AT_MOST = 4;

/**
 * Asks an object to decide a request. One that was too busy to be reached did nothing; one that broke
 * off may have decided, which the same request asked again tells.
 */
async function decided<Answer>(
  ask: () => Promise<Answer>,
): Promise<Answer | NotDecided> {
  let inDoubt = false;
  for (let attempt = 1; attempt <= ASKED_AT_MOST; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (isOverloaded(error)) {
        return { kind: inDoubt ? "unknown" : "contended" };
      }
      console.error("An object broke off while it decided a request.", error);
      inDoubt = true;
    }
    if (attempt < ASKED_AT_MOST) await SURROUNDINGS.backoff.wait(attempt);
  }
  return { kind: "unknown" };
}

/** What the platform says of a call that it did not let through. */
function isOverloaded(error: unknown): boolean {
  return typeof error === "object" && error !== null &&
    Reflect.get(error, "overloaded") === true;
}
