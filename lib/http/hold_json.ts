import * as z from "zod";
import type { Hold, HoldStatus } from "../domain/hold.ts";
import { AccountJson } from "./account_json.ts";
import { LegJson, legJson } from "./bet_json.ts";
import { AmountMinor, CurrencyCode, Instant, RequestId } from "./field_schemas.ts";

/** The body of a request that names its hold in the address. */
export const NoBody = z.strictObject({}, { error: "The body is empty, or an empty object." });

/** A hold in an answer. */
export const HoldJson = z.object({
  id: z.string(),
  requestId: RequestId,
  accountId: z.string(),
  status: z.enum(["pending", "posted", "voided", "expired"]).meta({
    description: "pending: it can be confirmed. posted: it is a bet. voided: given up. expired: " +
      "its time was over first.",
  }),
  legs: z.array(LegJson),
  amountMinor: AmountMinor.meta({ description: "The stake that is set aside." }),
  currency: CurrencyCode,
  potentialReturnsMinor: AmountMinor.meta({
    description: "What the bet would pay if it wins, stake included.",
  }),
  authorisedAt: Instant,
  expiresAt: Instant.meta({ description: "From exactly this time on it cannot be confirmed." }),
}).meta({ id: "Hold" });

/** The answer to a request about a hold: the hold, and the account after it. */
export const HeldJson = z.object({ hold: HoldJson, account: AccountJson });

/** A hold as an answer shows it. */
export function holdJson(hold: Hold, status: HoldStatus): z.output<typeof HoldJson> {
  return {
    id: hold.id,
    requestId: hold.requestId,
    accountId: hold.accountId,
    status,
    legs: hold.legs.map(legJson),
    amountMinor: hold.amountMinor,
    currency: hold.currency,
    potentialReturnsMinor: hold.potentialReturnsMinor,
    authorisedAt: new Date(hold.authorisedAtMs).toISOString(),
    expiresAt: new Date(hold.expiresAtMs).toISOString(),
  };
}
