import { BottomBar } from "../components/BottomBar.tsx";
import { DemoLine } from "../components/DemoLine.tsx";
import { Footer } from "../components/Footer.tsx";
import { TopBar } from "../components/TopBar.tsx";
import { define } from "../define.ts";
import { availableMinor } from "../lib/domain/account.ts";
import type { AccountSummary } from "../lib/site/reply_body.ts";
import type { State } from "../define.ts";

/** The frame of every page: name, search, balance, the demo's notice, and the ways to go. */
export default define.layout(async ({ Component, state, url, error }) => {
  // An error page is framed too, and then the middlewares may have filled in nothing.
  const demo = state.services?.demo ?? false;
  const session = state.session ?? null;
  const account = await summaryOf(state);
  // An error is answered outside of the middleware that allows the islands' script, so it has none.
  const still = error !== null && error !== undefined;
  return (
    <>
      <a class="skip" href="#main">Skip to the content</a>
      <TopBar path={url.pathname} query={queryOf(url)} {...{ account, session, demo, still }} />
      {demo && <DemoLine session={session} />}
      <Component />
      <Footer />
      <BottomBar path={url.pathname} trader={session?.role === "trader"} still={still} />
    </>
  );
});

function queryOf(url: URL): string {
  return url.pathname === "/" ? url.searchParams.get("q") ?? "" : "";
}

async function summaryOf({ services, session }: State): Promise<AccountSummary | null> {
  if (!session?.accountId) return null;
  try {
    const account = await services.account(session.accountId);
    return account &&
      { id: account.id, availableMinor: availableMinor(account), version: account.version };
  } catch {
    // The frame must stand even when the store does not answer: the page itself says what is wrong.
    return null;
  }
}
