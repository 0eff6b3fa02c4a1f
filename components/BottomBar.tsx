import SlipTab from "../islands/SlipTab.tsx";
import { Icon } from "./Icon.tsx";

/** Whether a page has the slip on it. */
export function isBettingPage(path: string): boolean {
  return path === "/" || path.startsWith("/events/");
}

/** Where one is. */
export interface BottomBarProps {
  readonly path: string;
  /** Whether the viewer is a trader, who finds the desk where others have their bets. */
  readonly trader: boolean;
  /** Whether the page runs no script, as error pages do. */
  readonly still: boolean;
}

/** The bar at the bottom of a phone. */
export function BottomBar({ path, trader, still }: BottomBarProps) {
  const current = (href: string) => path === href ? "page" : undefined;
  return (
    <nav class="tabs" aria-label="Main">
      <a class="tab" href="/" aria-current={current("/")}>
        <Icon name="lobby" />
        Lobby
      </a>
      {trader
        ? (
          <a class="tab" href="/trading" aria-current={current("/trading")}>
            <Icon name="desk" />
            Trading
          </a>
        )
        : (
          <a class="tab" href="/bets" aria-current={current("/bets")}>
            <Icon name="bets" />
            My bets
          </a>
        )}
      {still
        ? (
          <a class="tab" href="/#slip">
            <Icon name="slip" />
            Slip
          </a>
        )
        : <SlipTab here={isBettingPage(path)} />}
      <a class="tab" href="/account" aria-current={current("/account")}>
        <Icon name="account" />
        Account
      </a>
    </nav>
  );
}
