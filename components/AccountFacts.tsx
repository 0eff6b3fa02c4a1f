import { type AccountState, availableMinor, heldMinor } from "../lib/domain/account.ts";
import { moneyText } from "../lib/site/money_text.ts";

/** The account to show; null for a viewer who has none. */
export interface AccountFactsProps {
  readonly account: AccountState | null;
  readonly demo: boolean;
}

/** The money of an account, and what identifies it. */
export function AccountFacts({ account, demo }: AccountFactsProps) {
  if (!account) {
    return (
      <div class="empty">
        <p class="empty-title">You have no account here yet.</p>
        <p>
          {demo
            ? "Open the lobby, or start below as a player: you get £1,000 of play money."
            : "Sign in to see your account."}
        </p>
      </div>
    );
  }
  const money = (amountMinor: number) => moneyText(amountMinor, account.currency);
  return (
    <div class="panel">
      <dl class="facts">
        <div class="fact--main">
          <dt>Available to bet</dt>
          <dd class="amount">{money(availableMinor(account))}</dd>
        </div>
        <div>
          <dt>Balance</dt>
          <dd class="amount">{money(account.balanceMinor)}</dd>
        </div>
        <div>
          <dt>Held for bets being placed</dt>
          <dd class="amount">{money(heldMinor(account))}</dd>
        </div>
        <div>
          <dt>At risk in open bets</dt>
          <dd class="amount">{money(account.atRiskMinor)}</dd>
        </div>
        <div>
          <dt>Account id</dt>
          <dd>
            <code>{account.id}</code>
          </dd>
        </div>
        <div>
          <dt>Changes so far</dt>
          <dd class="amount">{account.version}</dd>
        </div>
      </dl>
    </div>
  );
}
