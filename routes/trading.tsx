import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { DeskVisitor } from "../components/DeskVisitor.tsx";
import { type DeskNews, ExposureTable } from "../components/ExposureTable.tsx";
import { define, type State } from "../define.ts";
import type { MarketAnswer } from "../lib/app/change_market.ts";
import { selectionKey } from "../lib/domain/exposure.ts";
import { readForm } from "../lib/http/form_field.ts";
import { deskMarkets } from "../lib/site/desk.ts";
import { type DeskForm, readDeskForm } from "../lib/site/desk_form.ts";
import { priceFormatOf } from "../lib/site/price_text.ts";

/** The trader's desk: what the book could lose, the caps that bound it, and which markets take bets. */
export const handler = define.handlers({
  async GET({ state, url, req }) {
    const marketId = url.searchParams.get("market");
    const selectionId = url.searchParams.get("selection");
    const news = marketId === null ? null : { marketId, selectionId, problem: null, typed: null };
    return page(await deskOf(state, req, news));
  },
  async POST(ctx) {
    const { session } = ctx.state;
    if (session?.role !== "trader" || !session.staffId) {
      throw new HttpError(403, "Only traders run the markets. Nothing was changed.");
    }
    const form = await readForm(ctx.req);
    const asked = form && readDeskForm(form);
    if (!asked) throw new HttpError(400);
    const problem = await problemOf(ctx.state, asked, `trader:${session.staffId}`);
    const { marketId, selectionId, typed } = asked;
    if (problem !== null) {
      const news = { marketId, selectionId, problem, typed };
      return page(await deskOf(ctx.state, ctx.req, news), { status: 422 });
    }
    const done = new URLSearchParams({ market: marketId });
    if (selectionId === null) return ctx.redirect(`/trading?${done}#market-${marketId}`, 303);
    done.set("selection", selectionId);
    return ctx.redirect(`/trading?${done}#cap-${marketId}-${selectionId}`, 303);
  },
});

/** Does what a form asks for; what stands against it in words, or null. */
async function problemOf(
  { services }: State,
  { marketId, requestId, change, problem }: DeskForm,
  actor: string,
): Promise<string | null> {
  if (!change) return problem;
  const atMs = services.nowMs();
  return problemWords(await services.changeMarket({ marketId, requestId, actor, atMs, change }));
}

/** Null when it is done. What is not on the desk at all is no mistake of typing. */
function problemWords(answer: MarketAnswer): string | null {
  switch (answer.kind) {
    case "changed":
      return null;
    case "market_unknown":
      throw new HttpError(404);
    case "refused":
      if (answer.refusal.kind === "selection_unknown") throw new HttpError(404);
      return "The market is closed, and what is closed never changes.";
    case "mismatch":
      return "This page had sent something else before. Look at what is set, and set it again.";
    case "contended":
      return "We are very busy, and all is as it was. Set it again.";
    case "unknown":
      return "We lost the answer. Look at what is set, and set it again if it is not as you want it.";
  }
}

async function deskOf(
  { services, session }: State,
  req: Request,
  news: DeskNews | null,
) {
  const { demo } = services;
  const format = priceFormatOf(req.headers.get("cookie"));
  const requestId = services.newRequestId();
  if (session?.role !== "trader") return { markets: null, news: null, demo, format, requestId };
  const events = await services.events();
  const selections = events.flatMap(({ markets }) => markets).flatMap((market) =>
    market.selections.map(({ id }) => ({ marketId: market.id, selectionId: id }))
  );
  const exposures = await services.exposures(selections);
  const liabilities = new Map(
    selections.map((selection, index) => [selectionKey(selection), exposures[index] ?? 0]),
  );
  return { markets: deskMarkets(events, liabilities), news, demo, format, requestId };
}

export default define.page<typeof handler>((
  { data: { markets, news, demo, format, requestId } },
) => (
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
        requestId={requestId}
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
