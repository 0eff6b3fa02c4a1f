import { moneyText } from "../lib/site/money_text.ts";
import type { AccountSummary } from "../lib/site/reply_body.ts";

/** The money that can be staked; `otherwise` stands there for a viewer without an account. */
export interface BalanceTextProps {
  readonly account: AccountSummary | null;
  readonly otherwise: string;
}

/** The balance of the top bar. It keeps its width while the amount is not known yet. */
export function BalanceText({ account, otherwise }: BalanceTextProps) {
  return (
    <p class="balance">
      <span class="balance-label">Available</span>{" "}
      <span class="balance-amount">
        {account ? moneyText(account.availableMinor, "GBP") : otherwise}
      </span>
    </p>
  );
}
