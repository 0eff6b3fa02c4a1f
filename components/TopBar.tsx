import Balance from "../islands/Balance.tsx";
import type { AccountSummary } from "../lib/site/reply_body.ts";
import { insteadOfBalance, type Viewer } from "../lib/site/viewer.ts";
import { BalanceText } from "./BalanceText.tsx";
import { Icon } from "./Icon.tsx";
import { Mark } from "./Mark.tsx";

/** What the top bar shows. */
export interface TopBarProps {
  readonly path: string;
  /** What was searched for, to stay in the field. */
  readonly query: string;
  readonly account: AccountSummary | null;
  readonly session: Viewer;
  readonly demo: boolean;
  /** Whether the page runs no script, as error pages do. */
  readonly still: boolean;
}

const PLACES = [
  { href: "/", name: "Lobby" },
  { href: "/bets", name: "My bets" },
  { href: "/audit", name: "Audit log" },
] as const;

const DESK = { href: "/trading", name: "Trading" } as const;

/** Traders find their desk where others have their bets. */
function placesFor(session: Viewer): readonly { readonly href: string; readonly name: string }[] {
  return session?.role === "trader"
    ? PLACES.map((place) => place.href === "/bets" ? DESK : place)
    : PLACES;
}

/** The bar at the top of every page. */
export function TopBar({ path, query, account, session, demo, still }: TopBarProps) {
  return (
    <header class="top">
      <div class="top-row">
        <a class="brand" href="/">
          <Mark />
          <span class="brand-name">Holdfast</span>
        </a>
        <nav class="places" aria-label="Pages">
          {placesFor(session).map(({ href, name }) => (
            <a key={href} href={href} aria-current={path === href ? "page" : undefined}>{name}</a>
          ))}
        </nav>
        <form class="search" role="search" action="/" method="get">
          <label class="visually-hidden" for="q">Search events</label>
          <input
            id="q"
            name="q"
            type="search"
            placeholder="Search events"
            value={query}
            maxLength={80}
          />
          <button type="submit">
            <Icon name="search" />
            <span class="visually-hidden">Search</span>
          </button>
        </form>
        {still
          ? <BalanceText account={account} otherwise={insteadOfBalance(session, demo)} />
          : (
            <Balance
              account={account}
              startDemo={demo && session === null}
              otherwise={insteadOfBalance(session, demo)}
            />
          )}
        <a
          class="top-account"
          href="/account"
          aria-current={path === "/account" ? "page" : undefined}
        >
          <Icon name="account" />
          Account
        </a>
      </div>
    </header>
  );
}
