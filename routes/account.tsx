import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { AccountFacts } from "../components/AccountFacts.tsx";
import { PriceFormatForm } from "../components/PriceFormatForm.tsx";
import { RoleForm } from "../components/RoleForm.tsx";
import { define } from "../define.ts";
import { readFormField } from "../lib/http/form_field.ts";
import { isPriceFormat, priceFormatCookie, priceFormatOf } from "../lib/site/price_text.ts";

/** The account, and how the customer wants to see prices. */
export const handler = define.handlers({
  async GET({ state, req, url }) {
    const { services, session } = state;
    return page({
      account: session?.accountId ? await services.account(session.accountId) : null,
      role: session?.role ?? null,
      demo: services.demo,
      format: priceFormatOf(req.headers.get("cookie")),
      saved: url.searchParams.has("saved"),
    });
  },
  async POST(ctx) {
    const format = await readFormField(ctx.req, "format");
    if (!isPriceFormat(format)) throw new HttpError(400);
    const response = ctx.redirect("/account?saved#prices", 303);
    response.headers.append("set-cookie", priceFormatCookie(format));
    return response;
  },
});

export default define.page<typeof handler>(({ data }) => {
  const { account, role, demo, format, saved } = data;
  return (
    <main id="main" class="page page--narrow" tabIndex={-1}>
      <Head>
        <title>Account · Holdfast</title>
      </Head>
      <header class="page-head">
        <h1>Account</h1>
      </header>
      <AccountFacts account={account} demo={demo} />
      <section class="panel" aria-labelledby="prices">
        <h2 id="prices">Prices</h2>
        <PriceFormatForm format={format} saved={saved} />
      </section>
      {demo && (
        <section class="panel" aria-labelledby="role">
          <h2 id="role">Demo role</h2>
          <RoleForm role={role} />
        </section>
      )}
      <p class="pager">
        <a class="button button--quiet" href="/bets#statement">Statement</a>
        <a class="button button--quiet" href="/audit">Audit log</a>
      </p>
    </main>
  );
});
