import { assertEquals } from "@std/assert";
import type { AccountEntry, Entry } from "../../lib/domain/entry.ts";
import { asks } from "../app/bookmaker.ts";
import { ALICE, openedWith } from "../given.ts";
import type { Home } from "./homes.ts";

/** What the next entry needs to know of an entry. */
export function newestOf<Own extends Entry>({ seq, state }: Own): Pick<Own, "seq" | "state"> {
  return { seq, state };
}

/** An account that was opened with 10.00; answers its two entries. */
export async function opened(
  home: Home,
  accountId = ALICE,
): Promise<readonly [AccountEntry, AccountEntry]> {
  const chain = openedWith(accountId, 1_000);
  await commit(home, chain);
  return chain;
}

/** Commits entries of one account, asking for the request that the last of them answers; answers that. */
export async function commit(
  { ledger }: Home,
  entries: readonly AccountEntry[],
): Promise<AccountEntry> {
  const last = entries.at(-1);
  if (!last) throw new Error("nothing to commit");
  const query = asks({ accountId: last.accountId, requestId: last.answers?.requestId ?? null });
  const view = await ledger.view([query], { fresh: true });
  assertEquals(await ledger.commit(view, entries), "committed");
  return last;
}
