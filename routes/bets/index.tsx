import { page } from "fresh";
import { Head } from "fresh/runtime";
import { BetCard } from "../../components/BetCard.tsx";
import { Pager } from "../../components/Pager.tsx";
import { Statement } from "../../components/Statement.tsx";
import { define } from "../../define.ts";
import { namesOfLegs } from "../../lib/site/leg_names.ts";
import { readCursor } from "../../lib/site/paging.ts";
import { priceFormatOf } from "../../lib/site/price_text.ts";
import { statementLine } from "../../lib/site/statement.ts";
import { ZONE_WORDS } from "../../lib/site/time_text.ts";

const BETS_A_PAGE = 10;
const LINES_A_PAGE = 20;
const NOTHING = { items: [], next: null };

/** My bets, and the statement of the account. */
export const handler = define.handlers({
  async GET({ state, url, req }) {
    const { services, session } = state;
    const accountId = session?.accountId ?? null;
    const cursor = (name: string) => readCursor(url.searchParams.get(name));
    const [events, bets, statement] = await Promise.all([
      services.events(),
      accountId
        ? services.bets(accountId, { before: cursor("bets"), limit: BETS_A_PAGE })
        : NOTHING,
      accountId
        ? services.statement(accountId, { before: cursor("statement"), limit: LINES_A_PAGE })
        : NOTHING,
    ]);
    return page({
      bets: bets.items.map((bet) => ({ bet, legs: namesOfLegs(bet.legs, events) })),
      nextBets: bets.next,
      olderBets: cursor("bets") !== null,
      lines: statement.items.map((entry) => statementLine(entry, events)),
      nextLines: statement.next,
      olderLines: cursor("statement") !== null,
      format: priceFormatOf(req.headers.get("cookie")),
    });
  },
});

export default define.page<typeof handler>(({ data }) => {
  const { bets, nextBets, olderBets, lines, nextLines, olderLines, format } = data;
  return (
    <main id="main" class="page" tabIndex={-1}>
      <Head>
        <title>My bets · Holdfast</title>
      </Head>
      <header class="page-head">
        <h1>My bets</h1>
        <p>{ZONE_WORDS}</p>
      </header>
      <section aria-labelledby="open">
        <h2 id="open">Open</h2>
        {bets.length === 0
          ? (
            <div class="empty">
              <p class="empty-title">
                {olderBets ? "There are no older bets." : "You have no open bets."}
              </p>
              <p>
                Choose a price in{" "}
                <a href="/">the lobby</a>, enter a stake, and your bet stands here.
              </p>
            </div>
          )
          : (
            <ul class="cards">
              {bets.map(({ bet, legs }) => (
                <BetCard key={bet.id} bet={bet} legs={legs} format={format} />
              ))}
            </ul>
          )}
        <Pager name="bets" next={nextBets} isOlder={olderBets} what="bets" anchor="open" />
      </section>
      <section aria-labelledby="settled">
        <h2 id="settled">Settled</h2>
        <p class="quiet">
          No bet has been settled yet. A bet moves here when its event is decided.
        </p>
      </section>
      <section aria-labelledby="statement">
        <h2 id="statement">Statement</h2>
        <Statement lines={lines} />
        <Pager
          name="statement"
          next={nextLines}
          isOlder={olderLines}
          what="lines"
          anchor="statement"
        />
      </section>
    </main>
  );
});
