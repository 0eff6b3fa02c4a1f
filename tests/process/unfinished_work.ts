/**
 * A process on a database without queues that is going to be killed: it opens an account, places bets,
 * authorises a hold, and says what it did; but its wake-ups come to nothing and it never sweeps.
 */
import { demoBook } from "../../lib/app/demo_book.ts";
import { openWithoutQueues } from "./queueless_home.ts";

/** What the process says when it has done it. */
export interface UnfinishedWork {
  readonly accountId: string;
  readonly requestIds: readonly string[];
}

const BETS = 3;

if (import.meta.main) await work(Deno.args[0] ?? "");

async function work(path: string): Promise<void> {
  const { home: { services } } = await openWithoutQueues(path, () => {});
  const started = await services.startDemoSession({
    role: "player",
    name: null,
    keep: null,
  });
  const accountId = started?.session.accountId;
  if (!accountId) throw new Error("no account could be opened");
  const requestIds: string[] = [];
  for (let number = 0; number <= BETS; number++) {
    const requestId = `unfinished-${number}`;
    const request = backing(accountId, requestId);
    const answer = number < BETS
      ? await services.placeBet(request)
      : await services.authoriseHold(request);
    if (answer.kind !== "placed" && answer.kind !== "held") throw new Error(answer.kind);
    requestIds.push(requestId);
  }
  const did: UnfinishedWork = { accountId, requestIds };
  console.log(JSON.stringify(did));
  // Until it is killed.
  setInterval(() => {}, 1_000);
}

/** A request that backs the first selection of the demo's book at its price. */
export function backing(accountId: string, requestId: string) {
  const [market] = demoBook(Date.now())[0]?.markets ?? [];
  const [selection] = market?.selections ?? [];
  if (!market || !selection) throw new Error("the demo's book is empty");
  const leg = { marketId: market.id, selectionId: selection.id, price: selection.price };
  return {
    accountId,
    requestId,
    actor: `player:${accountId}`,
    atMs: Date.now(),
    legs: [leg],
    stakeMinor: 100,
    priceChange: "none",
  } as const;
}
