import type { Parcel } from "./parcel.ts";

/** What is asked of an object about its entries, by the log's writers and by those who check it. */
export interface OutboxCalls {
  /** Parcels of a chain's entries numbered above `after`, in order, at most `limit`. */
  parcels(
    page: {
      readonly chain: string;
      readonly after: number;
      readonly limit: number;
    },
  ): Promise<readonly Parcel[]>;
}
