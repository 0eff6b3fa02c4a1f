/** Whose entries a chain holds: an account's or a market's. */
export type ChainOwner = { readonly accountId: string } | { readonly marketId: string };

const OF_MARKET = "market:";

/**
 * The name of an owner's chain, by which stores and maps know it: an account's is the account's id, a
 * market's is like none, whatever the market may be called; and whoever asks for an account of a
 * market's name does not get the market.
 */
export function chainOf(owner: ChainOwner): string {
  if ("marketId" in owner) return OF_MARKET + owner.marketId;
  const { accountId } = owner;
  return accountId.startsWith(OF_MARKET) ? `account:${accountId}` : accountId;
}

/** The owner of a chain, by the chain's name. */
export function ownerOf(chain: string): ChainOwner {
  return chain.startsWith(OF_MARKET)
    ? { marketId: chain.slice(OF_MARKET.length) }
    : { accountId: chain };
}

/** The owner in words, for what people read. */
export function ownerWords(owner: ChainOwner): string {
  return "marketId" in owner ? `market ${owner.marketId}` : `account ${owner.accountId}`;
}
