import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { DeskVisitor } from "../components/DeskVisitor.tsx";
import { type CapNews, ExposureTable } from "../components/ExposureTable.tsx";
import { define, type State } from "../define.ts";
import type { LimitsAnswer } from "../lib/app/set_limits.ts";
import { selectionKey } from "../lib/domain/exposure.ts";
import { readForm } from "../lib/http/form_field.ts";
import { deskMarkets, readCap } from "../lib/site/desk.ts";
import { priceFormatOf } from "../lib/site/price_text.ts";

/** The trader's desk: what the book could lose, and the caps that bound it. */
export const handler = define.handlers({
  async GET({ state, url, req }) {
    const marketId = url.searchParams.get("market");
    const selectionId = url.searchParams.get("selection");
    const news = marketId !== null && selectionId !== null
      ? { marketId, selectionId, problem: null, typed: null }
      : null;
    return page(await deskOf(state, req, news));
  },
  async POST(ctx) {
    const { services, session } = ctx.state;
    if (session?.role !== "trader") {
      throw new HttpError(403, "Only traders set caps. Nothing was changed.");
    }
    const form = await readForm(ctx.req);
    const [marketId, selectionId, typed] = ["market", "selection", "cap"].map((name) =>
      form?.get(name) ?? null
    );
    if (!marketId || !selectionId || typeof typed !== "string") throw new HttpError(400);
    const cap = readCap(typed);
    const problem = cap.ok
      ? problemWords(
        await services.setLimits({
          marketId,
          limits: [{ selectionId, liabilityCapMinor: cap.capMinor }],
        }),
      )
      : cap.words;
    if (problem !== null) {
      const news = { marketId, selectionId, problem, typed };
      return page(await deskOf(ctx.state, ctx.req, news), { status: 422 });
    }
    const set = new URLSearchParams({ market: marketId, selection: selectionId });
    return ctx.redirect(`/trading?${set}#cap-${marketId}-${selectionId}`, 303);
  },
});

/** Null when the cap is set. What is not on the desk at all is no mistake of typing. */
function problemWords(answer: LimitsAnswer): string | null {
  switch (answer.kind) {
    case "set":
      return null;
    case "market_unknown":
    case "selection_unknown":
      throw new HttpError(404);
    case "contended":
      return "We are very busy, and the cap is as it was. Set it again.";
    case "unknown":
      return "We lost the answer. Look at the cap above, and set it again if it is not yours.";
  }
}

async function deskOf({ services, session }: State, req: Request, news: CapNews | null) {
  const { demo } = services;
  const format = priceFormatOf(req.headers.get("cookie"));
  if (session?.role !== "trader") return { markets: null, news: null, demo, format };
  const events = await services.events();
  const selections = events.flatMap(({ markets }) => markets).flatMap((market) =>
    market.selections.map(({ id }) => ({ marketId: market.id, selectionId: id }))
  );
  const exposures = await services.exposures(selections);
  const liabilities = new Map(
    selections.map((selection, index) => [selectionKey(selection), exposures[index] ?? 0]),
  );
  return { markets: deskMarkets(events, liabilities), news, demo, format };
}

export default define.page<typeof handler>(({ data: { markets, news, demo, format } }) => (
  <main id="main" class="page" tabIndex={-1}>
    <Head>
      <title>Trading · Holdfast</title>
      <link rel="stylesheet" href={asset("/trading.css")} />
    </Head>
    <header class="page-head">
      <h1>Trading</h1>
      <p>
        What the book would lose on each selection, stakes that are held included, and the most it
        may lose there. No bet is taken that would go above a cap.
      </p>
    </header>
    {markets === null ? <DeskVisitor demo={demo} /> : markets.map((desk) => (
      <ExposureTable
        key={desk.market.id}
        desk={desk}
        format={format}
        news={news?.marketId === desk.market.id ? news : null}
      />
    ))}
    {markets?.length === 0 && (
      <div class="empty">
        <p class="empty-title">No market is on offer.</p>
        <p>The desk shows them as soon as there are some.</p>
      </div>
    )}
  </main>
));
