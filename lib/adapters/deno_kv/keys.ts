import { ownerOf } from "../../domain/chain.ts";

/**
 * Every key in the database, and what stands under it. A key part is a string or a number; numbers
 * sort as numbers, so a journal reads in its order. A chain is named as `chainOf` says: an account's by
 * the account's id, a market's by "market:" and the market's.
 *
 * | key | value |
 * |---|---|
 * | `["journal", page]` | `JournalPage`: the entries of one commit, or a part of them; never changed |
 * | `["log", "head"]` | `LogHead` |
 * | `["log", "page", seq]` | `LogPage`: records `seq` and on; never changed |
 * | `["event", event id]` | `SportingEvent` |
 * | `["session", token digest]` | `Session` |
 * | `["lobby", part]` | `LobbyPart`: a copy of the lobby, for showing |
 *
 * What follows is drawn from the journal by checkpoints, and could be drawn again:
 *
 * | key | value |
 * |---|---|
 * | `["checkpoint"]` | `Checkpoint`: up to which page the rows below tell everything |
 * | `["account", account id]` | `AccountRow`: the state after the newest entry, and where the last ones stand |
 * | `["market", market id]` | `MarketRow`: the same of a market |
 * | `["entries", chain, seq]` | `EntriesRow`: where entries `seq` and on stand, and what they answer |
 * | `["exposure", market id, selection id]` | `ExposureRow`: the liability, as of a page |
 * | `["hold", account id, hold id]` | `HoldFate` |
 * | `["due", expires at (ms), account id, hold id]` | `null`, while the hold is pending |
 */
export const keys = {
  allJournal: () => ["journal"],
  journal: (page: number) => ["journal", page],
  logHead: () => ["log", "head"],
  allLogPages: () => ["log", "page"],
  logPage: (firstSeq: number) => ["log", "page", firstSeq],
  allEvents: () => ["event"],
  event: (eventId: string) => ["event", eventId],
  session: (tokenDigest: string) => ["session", tokenDigest],
  allLobby: () => ["lobby"],
  lobby: (part: number) => ["lobby", part],
  checkpoint: () => ["checkpoint"],
  allAccounts: () => ["account"],
  account: (accountId: string) => ["account", accountId],
  allMarkets: () => ["market"],
  market: (marketId: string) => ["market", marketId],
  /** The row of the account or market that the chain is of. */
  owner: (chain: string) => {
    const owner = ownerOf(chain);
    return "marketId" in owner ? ["market", owner.marketId] : ["account", owner.accountId];
  },
  chainEntries: (chain: string) => ["entries", chain],
  entries: (chain: string, seq: number) => ["entries", chain, seq],
  exposure: (marketId: string, selectionId: string) => ["exposure", marketId, selectionId],
  hold: (accountId: string, holdId: string) => ["hold", accountId, holdId],
  allDue: () => ["due"],
  /** The first key of what is due behind `atMs`. */
  dueAfter: (atMs: number) => ["due", atMs + 1],
  due: (
    hold: { readonly expiresAtMs: number; readonly accountId: string; readonly id: string },
  ) => [
    "due",
    hold.expiresAtMs,
    hold.accountId,
    hold.id,
  ],
} as const satisfies { readonly [name: string]: (...parts: never[]) => Deno.KvKey };
