import { chainOf } from "../../domain/chain.ts";
import type { CatalogueCalls } from "./catalogue_calls.ts";
import type { LogCalls } from "./log_calls.ts";
import type { OutboxCalls } from "./outbox_calls.ts";
import { openedParcel, type Parcel } from "./parcel.ts";
import { marketObjectOf, theOnly } from "./placement.ts";
import type { ObjectNamespace } from "./platform.ts";

/** How many chains are looked at together, and how many entries of one at once. */
const CHAINS_A_LOOK = 100;
const ENTRIES_A_LOOK = 200;

/** How many chains there can be at most; a book of a hundred million customers. */
const LOOKS_AT_MOST = 1_000_000;

/** What begins the name of a market's chain. */
const OF_MARKETS = chainOf({ marketId: "" });

/** The outboxes of all objects: the entries that they have and the log may lack. */
export class Outboxes {
  constructor(
    readonly parts: {
      readonly catalogue: ObjectNamespace<CatalogueCalls>;
      readonly log: ObjectNamespace<LogCalls>;
      readonly accounts: ObjectNamespace<OutboxCalls>;
      readonly markets: ObjectNamespace<OutboxCalls>;
    },
  ) {}

  /** The object of a chain. */
  of(chain: string): OutboxCalls {
    const { accounts, markets } = this.parts;
    return chain.startsWith(OF_MARKETS)
      ? markets.getByName(marketObjectOf(chain.slice(OF_MARKETS.length)))
      : accounts.getByName(chain);
  }

  /** What the log lacks, some entries of one chain at a time, in the order of the chains' names. */
  async *waiting(): AsyncIterable<readonly Parcel[]> {
    for await (const chains of this.chains()) {
      const reached = await theOnly(this.parts.log).reached(chains);
      const parcels = await Promise.all(
        chains.map((chain, index) =>
          this.of(chain).parcels({
            chain,
            after: reached[index] ?? 0,
            limit: ENTRIES_A_LOOK,
          })
        ),
      );
      for (const own of parcels) if (own.length > 0) yield own;
    }
  }

  /** The names of all chains, some at a time, in their order. */
  async *chains(): AsyncIterable<readonly string[]> {
    let after = "";
    for (let looks = 0; looks < LOOKS_AT_MOST; looks++) {
      const chains = await theOnly(this.parts.catalogue).chains({
        after,
        limit: CHAINS_A_LOOK,
      });
      if (chains.length > 0) yield chains;
      if (chains.length < CHAINS_A_LOOK) return;
      after = chains.at(-1) ?? after;
    }
  }

  /** Whether a chain has an entry. */
  async has(chain: string, seq: number): Promise<boolean> {
    const [parcel] = await this.of(chain).parcels({
      chain,
      after: seq - 1,
      limit: 1,
    });
    return parcel !== undefined && openedParcel(parcel).entry.seq === seq;
  }
}
