// Browser state, for islands only: the account that every island of the page shares.
import { signal } from "@preact/signals";
import { type AccountSummary, readAccount } from "../site/reply_body.ts";
import { ask, post } from "./api.ts";

/** The account as last heard of; null before there is one. */
export const account = signal<AccountSummary | null>(null);

/** Whether a demo session could not be started; said where the balance would stand. */
export const sessionFailed = signal(false);

let starting: Promise<void> | null = null;

/** Takes news of the account, unless something newer is known already. */
export function learnAccount(news: AccountSummary | null): void {
  const known = account.peek();
  if (!news) return;
  if (known && known.id === news.id && known.version > news.version) return;
  account.value = news;
}

/** Asks the server for the account as it is now. */
export async function refreshAccount(): Promise<void> {
  const reply = await ask("/api/account", { cache: "no-store" });
  if (reply !== "lost" && reply.status === 200) learnAccount(readAccount(reply.body));
}

/** Starts a play-money session for a browser that has none; however often it is called, once a page. */
export function startDemoPlayer(): Promise<void> {
  starting ??= start();
  return starting;
}

async function start(): Promise<void> {
  const reply = await post("/api/demo/sessions", JSON.stringify({ role: "player" }));
  if (reply !== "lost" && reply.status === 201) await refreshAccount();
  sessionFailed.value = account.peek() === null;
}
