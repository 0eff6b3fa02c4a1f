import SlipTab from "../islands/SlipTab.tsx";
import { Icon } from "./Icon.tsx";

/** Whether a page has the slip on it. */
export function isBettingPage(path: string): boolean {
  return path === "/" || path.startsWith("/events/");
}

/** The bar at the bottom of a phone. */
export function BottomBar({ path }: { readonly path: string }) {
  const current = (href: string) => path === href ? "page" : undefined;
  return (
    <nav class="tabs" aria-label="Main">
      <a class="tab" href="/" aria-current={current("/")}>
        <Icon name="lobby" />
        Lobby
      </a>
      <a class="tab" href="/bets" aria-current={current("/bets")}>
        <Icon name="bets" />
        My bets
      </a>
      <SlipTab here={isBettingPage(path)} />
      <a class="tab" href="/account" aria-current={current("/account")}>
        <Icon name="account" />
        Account
      </a>
    </nav>
  );
}
