import * as z from "zod";
import { type AccountState, availableMinor, heldMinor } from "../domain/account.ts";
import { AmountMinor, CurrencyCode } from "./field_schemas.ts";

/** An account in an answer. */
export const AccountJson = z.object({
  id: z.string(),
  currency: CurrencyCode,
  balanceMinor: AmountMinor,
  heldMinor: AmountMinor,
  availableMinor: AmountMinor.meta({ description: "Balance less held: what can be staked now." }),
  status: z.enum(["open"]),
  version: z.int().min(1).meta({ description: "Goes up with every change of the account." }),
}).meta({ id: "Account" });

/** An account as an answer shows it. */
export function accountJson(account: AccountState): z.output<typeof AccountJson> {
  const { id, currency, balanceMinor, status, version } = account;
  return {
    id,
    currency,
    balanceMinor,
    heldMinor: heldMinor(account),
    availableMinor: availableMinor(account),
    status,
    version,
  };
}
