import { chainOf, type ChainOwner } from "../../lib/domain/chain.ts";
import type { Entry } from "../../lib/domain/entry.ts";
import type { SelectionRef } from "../../lib/domain/exposure.ts";
import type { AuditLog } from "../../lib/ports/audit_log.ts";
import type { Book } from "../../lib/ports/book.ts";
import type { CommitOutcome } from "../../lib/ports/commit_outcome.ts";
import type {
  ChainEnd,
  LedgerQuery,
  LedgerStore,
  LedgerView,
} from "../../lib/ports/ledger_store.ts";
import type { SessionStore } from "../../lib/ports/session_store.ts";
import type { BridgeCall } from "./bridge_worker.ts";
import { type LocalWorkerd, startWorkerd } from "./local_workerd.ts";
import { fromWire, toWire } from "./wire.ts";

let workerd: Promise<LocalWorkerd> | null = null;

/** Ends the workerd that homes of this file's tests share, if there is one. */
export async function closeObjectHomes(): Promise<void> {
  await (await workerd)?.close();
  workerd = null;
}

/** The parts of one home of the objects, reached through the bridge. */
export class ObjectHome {
  readonly log: AuditLog = this.#part("log");
  readonly book: Book = this.#part("book");
  readonly sessions: SessionStore = this.#part("sessions");
  readonly ledger: LedgerStore = new BridgedLedger(this);

  private constructor(readonly url: string, readonly name: string) {}

  /** A home that is empty, in a workerd that all of them share. */
  static async open(): Promise<ObjectHome> {
    workerd ??= startWorkerd("tests/cloudflare/bridge_worker.ts");
    const running = await workerd;
    const name = crypto.randomUUID().replaceAll("-", "");
    await running.makeTables(name);
    return new ObjectHome(running.url, name);
  }

  async call(call: Omit<BridgeCall, "home">): Promise<unknown> {
    const body = toWire({ ...call, home: this.name });
    const response = await fetch(this.url, { method: "POST", body });
    const told = fromWire(await response.text()) as {
      readonly answer?: unknown;
      readonly error?: string;
    };
    if (told.error !== undefined) throw new Error(told.error);
    return told.answer;
  }

  /** Has the ledger in a chain's own object do something. */
  onChain(
    owner: ChainOwner,
    method: keyof LedgerStore,
    args: readonly unknown[],
  ): Promise<unknown> {
    const place = "marketId" in owner
      ? { on: "market", name: owner.marketId } as const
      : { on: "account", name: owner.accountId } as const;
    return this.call({ ...place, method: "callLedger", args: [method, args] });
  }

  /** A port whose methods are called one by one over the bridge. */
  #part<Port extends object>(on: BridgeCall["on"]): Port {
    return new Proxy({} as Port, {
      get: (_, method) => (...args: readonly unknown[]) =>
        this.call({ on, method: String(method), args }),
    });
  }
}

/** The objects' ledgers as one: each question goes to the object that it is about. */
class BridgedLedger implements LedgerStore {
  constructor(readonly home: ObjectHome) {}

  fits(queries: readonly LedgerQuery[]): number {
    return queries.length;
  }

  foresee(): Promise<null> {
    return Promise.resolve(null);
  }

  /** Several objects' views stand side by side: to look at, for no commit reaches over two objects. */
  async view(
    queries: readonly LedgerQuery[],
    how: { readonly fresh: boolean },
  ): Promise<LedgerView> {
    const owners = new Map(queries.map((query) => [chainOf(query), query]));
    const views = await Promise.all([...owners].map(async ([chain, owner]) => {
      const own = queries.filter((query) => chainOf(query) === chain);
      return await this.home.onChain(owner, "view", [own, how]) as LedgerView;
    }));
    const all = <Value>(part: (view: LedgerView) => ReadonlyMap<string, Value>) =>
      new Map(views.flatMap((view) => [...part(view)]));
    return {
      queries,
      newest: all((view) => view.newest),
      answers: all((view) => view.answers),
      markets: all((view) => view.markets),
      exposures: all((view) => view.exposures),
      holds: all((view) => view.holds),
      versions: views.length === 1 ? views[0]?.versions : null,
    };
  }

  async commit(view: LedgerView, entries: readonly Entry[]): Promise<CommitOutcome> {
    const owner = onlyOwner([...view.queries, ...entries]);
    return await this.home.onChain(owner, "commit", [view, entries]) as CommitOutcome;
  }

  async newest(accountId: string) {
    const newest = await this.home.onChain({ accountId }, "newest", [accountId]);
    return newest as Awaited<ReturnType<LedgerStore["newest"]>>;
  }

  async markets(marketIds: readonly string[]) {
    const found = await Promise.all(
      marketIds.map(async (marketId) =>
        (await this.home.onChain({ marketId }, "markets", [[marketId]]) as unknown[])[0] ?? null
      ),
    );
    return found as Awaited<ReturnType<LedgerStore["markets"]>>;
  }

  async entry(chain: string, seq: number) {
    return await this.home.onChain(ownerOf(chain), "entry", [chain, seq]) as Entry | null;
  }

  async answer(chain: string, requestId: string) {
    return await this.home.onChain(ownerOf(chain), "answer", [chain, requestId]) as Entry | null;
  }

  async history(chain: string, page: { readonly before: number | null; readonly limit: number }) {
    return await this.home.onChain(ownerOf(chain), "history", [chain, page]) as readonly Entry[];
  }

  async *chainEnds(): AsyncIterable<ChainEnd> {
    for (const chain of await this.#chains()) {
      const ends = await this.home.onChain(ownerOf(chain), "chainEnds", []) as readonly ChainEnd[];
      // An object has the chains of several markets.
      yield* ends.filter((end) => chainOf(end) === chain);
    }
  }

  /** Each account's object knows its own; all of them are asked here, and nowhere else. */
  async deadHolds(asked: { readonly atMs: number; readonly limit: number }) {
    const dead = await Promise.all((await this.#chains()).map(async (chain) => {
      const owner = ownerOf(chain);
      if ("marketId" in owner) return [];
      const own = await this.home.onChain(owner, "deadHolds", [asked]);
      const newest = await this.newest(owner.accountId);
      return (own as readonly { readonly accountId: string; readonly holdId: string }[])
        .map((hold) => ({ hold, atMs: newest?.state.hold?.expiresAtMs ?? 0 }));
    }));
    return dead.flat().sort((a, b) => a.atMs - b.atMs).map(({ hold }) => hold)
      .slice(0, asked.limit);
  }

  async exposures(selections: readonly SelectionRef[]) {
    const minor = await this.home.call({ on: "desk", method: "liabilities", args: [selections] });
    return minor as readonly number[];
  }

  async #chains(): Promise<readonly string[]> {
    const pages = await this.home.call({ on: "outboxes", method: "chains", args: [] });
    return (pages as readonly (readonly string[])[]).flat();
  }
}

const OF_MARKETS = chainOf({ marketId: "" });

function ownerOf(chain: string): ChainOwner {
  return chain.startsWith(OF_MARKETS)
    ? { marketId: chain.slice(OF_MARKETS.length) }
    : { accountId: chain };
}

/** No commit reaches over two objects, so a view cannot either. */
function onlyOwner(owners: readonly ChainOwner[]): ChainOwner {
  const [first] = owners;
  if (!first || owners.some((owner) => chainOf(owner) !== chainOf(first))) {
    throw new Error("a commit of the objects is of one chain");
  }
  return first;
}
