import { moneyText, movementText } from "../lib/site/money_text.ts";
import type { StatementLine } from "../lib/site/statement.ts";
import { TimeText } from "./TimeText.tsx";

/** The account's movements, newest first, with the balance after each. */
export function Statement({ lines }: { readonly lines: readonly StatementLine[] }) {
  if (lines.length === 0) {
    return (
      <p class="quiet">No money has moved yet. Deposits, stakes and winnings are listed here.</p>
    );
  }
  return (
    <div class="table-scroll" role="region" aria-label="Statement table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" class="number">Amount</th>
            <th scope="col" class="number">Balance</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.seq}>
              <td>
                {line.betId ? <a href={`/bets/${line.betId}`}>{line.words}</a> : line.words}
                <span class="cell-note">
                  <TimeText atMs={line.atMs} />
                </span>
              </td>
              <td class="number">{movementText(line.movedMinor, "GBP")}</td>
              <td class="number">{moneyText(line.balanceMinor, "GBP")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
