/**
 * Every key in the database, and what stands under it. A key part is a string or a number; numbers
 * sort as numbers, so a chain reads in its order.
 *
 * | key | value |
 * |---|---|
 * | `["account", account id, seq]` | `Entry`: the account's chain |
 * | `["request", account id, request id]` | the `seq` that answers the request |
 * | `["outbox", account id, seq]` | `RecordDraft`, until the log has it |
 * | `["market", market id]` | `MarketState` |
 * | `["event", event id]` | `SportingEvent` |
 * | `["session", token digest]` | `Session` |
 * | `["log", "head"]` | `Head` |
 * | `["log", "record", seq]` | `StoredRecord` |
 * | `["log", "account", account id, log seq]` | `null`: the log's index by account |
 */
export const keys = {
  chain: (accountId: string) => ["account", accountId],
  entry: (accountId: string, seq: number) => ["account", accountId, seq],
  allChains: () => ["account"],
  /** The first key behind an account's whole chain. */
  behindChain: (accountId: string) => ["account", justAfter(accountId)],
  request: (accountId: string, requestId: string) => ["request", accountId, requestId],
  allOutbox: () => ["outbox"],
  outbox: (accountId: string, seq: number) => ["outbox", accountId, seq],
  /** The first key behind an account's rows in the outbox. */
  behindOutbox: (accountId: string) => ["outbox", justAfter(accountId)],
  market: (marketId: string) => ["market", marketId],
  allEvents: () => ["event"],
  event: (eventId: string) => ["event", eventId],
  session: (tokenDigest: string) => ["session", tokenDigest],
  logHead: () => ["log", "head"],
  allRecords: () => ["log", "record"],
  record: (seq: number) => ["log", "record", seq],
  accountRecords: (accountId: string) => ["log", "account", accountId],
  accountRecord: (accountId: string, seq: number) => ["log", "account", accountId, seq],
} as const satisfies { readonly [name: string]: (...parts: never[]) => Deno.KvKey };

/** The smallest text that sorts behind `text`. */
function justAfter(text: string): string {
  return `${text}\u0000`;
}
