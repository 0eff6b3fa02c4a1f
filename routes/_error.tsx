import { HttpError } from "fresh";
import { Head } from "fresh/runtime";
import { define } from "../define.ts";
import { errorWords } from "../lib/site/error_words.ts";

/** What a person sees when a page is not there, or failed: what happened, and where to go. */
export default define.page(({ error, state }) => {
  const status = error instanceof HttpError ? error.status : 500;
  const { title, details } = errorWords(status, error instanceof HttpError ? error.message : "");
  const supportId = state.supportId ?? null;
  return (
    <main id="main" class="page page--narrow" tabIndex={-1}>
      <Head>
        <title>{`${title} · Holdfast`}</title>
      </Head>
      <header class="page-head">
        <h1>{title}</h1>
      </header>
      <p>{details}</p>
      <p class="pager">
        <a class="button" href="/">Go to the lobby</a>
        <a class="button button--quiet" href="/bets">My bets</a>
      </p>
      {status >= 500 && supportId && (
        <p class="quiet">
          If it goes on, tell support this id: <code>{supportId}</code>
        </p>
      )}
    </main>
  );
});
