import { useEffect } from "preact/hooks";
import {
  account,
  learnAccount,
  sessionFailed,
  startDemoPlayer,
} from "../lib/browser/account_state.ts";
import { moneyText } from "../lib/site/money_text.ts";
import type { AccountSummary } from "../lib/site/reply.ts";

/** What the top bar knows when the page is made. */
export interface BalanceProps {
  /** Null when the session has no account, or there is no session. */
  readonly account: AccountSummary | null;
  /** Whether a browser without a session is given a play-money player. */
  readonly startDemo: boolean;
  /** What stands there while there is no account: "Auditor", "Sign in". */
  readonly otherwise: string;
}

/** The money that can be staked now; follows every bet that is placed on the page. */
export default function Balance(props: BalanceProps) {
  useEffect(() => {
    learnAccount(props.account);
    if (props.startDemo) startDemoPlayer();
  }, []);
  const known = account.value ?? props.account;
  return (
    <p class="balance">
      <span class="balance-label">Available</span>{" "}
      <span class="balance-amount">
        {known ? moneyText(known.availableMinor, "GBP") : placeholder()}
      </span>
    </p>
  );

  function placeholder(): string {
    if (sessionFailed.value) return "Not reachable";
    return props.startDemo ? "£–" : props.otherwise;
  }
}
