import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { BetRecord } from "../../components/BetRecord.tsx";
import { Receipt } from "../../components/Receipt.tsx";
import { define } from "../../define.ts";
import { recordOfEntry } from "../../lib/app/audit_reading.ts";
import { entryOfBetId } from "../../lib/domain/ids.ts";
import { namesOfLegs } from "../../lib/site/leg_names.ts";
import { priceFormatOf } from "../../lib/site/price_text.ts";
import { recordText } from "../../lib/site/verdict_text.ts";

/** One of the viewer's own bets; anybody else's is as if it did not exist. */
export const handler = define.handlers({
  async GET({ state, params, req }) {
    const { services, session } = state;
    const betId = params["id"] ?? "";
    const entry = entryOfBetId(betId);
    const bet = session?.accountId ? await services.bet(session.accountId, betId) : null;
    if (!bet || !entry) throw new HttpError(404);
    const record = await recordOfEntry(services, entry);
    return page({
      bet,
      legs: namesOfLegs(bet.legs, await services.events()),
      record: record && recordText(record),
      format: priceFormatOf(req.headers.get("cookie")),
    });
  },
});

export default define.page<typeof handler>(({ data }) => {
  const { bet, legs, record, format } = data;
  return (
    <main id="main" class="page page--narrow" tabIndex={-1}>
      <Head>
        <title>{`Bet on ${legs.map((leg) => leg.selection).join(", ")} · Holdfast`}</title>
      </Head>
      <header class="page-head">
        <p class="crumb">
          <a href="/bets">My bets</a>
        </p>
        <h1>Receipt</h1>
      </header>
      <Receipt bet={bet} legs={legs} format={format} />
      <BetRecord record={record} />
    </main>
  );
});
