import { useEffect } from "preact/hooks";
import { BalanceText, type BalanceTextProps } from "../components/BalanceText.tsx";
import {
  account,
  learnAccount,
  sessionFailed,
  startDemoPlayer,
} from "../lib/browser/account_state.ts";

/** What the top bar knows when the page is made. */
export interface BalanceProps extends BalanceTextProps {
  /** Whether a browser without a session is given a play-money player. */
  readonly startDemo: boolean;
}

/** The money that can be staked now; follows every bet that is placed on the page. */
export default function Balance(props: BalanceProps) {
  useEffect(() => {
    learnAccount(props.account);
    if (props.startDemo) startDemoPlayer();
  }, []);
  return (
    <BalanceText
      account={account.value ?? props.account}
      otherwise={sessionFailed.value ? "Not reachable" : props.otherwise}
    />
  );
}
