import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { RoleForm } from "../components/RoleForm.tsx";
import { define } from "../define.ts";
import { readFormField } from "../lib/http/form_field.ts";
import { readCredentials, sessionCookie } from "../lib/http/credentials.ts";

/** Where each role begins. */
const FIRST_PAGES = { player: "/", auditor: "/audit", trader: "/trading" } as const;

/** Starts a demo session or changes its role; there is no such page outside the demo. */
export const handler = define.handlers({
  GET({ state }) {
    if (!state.services.demo) throw new HttpError(404);
    return page({ role: state.session?.role ?? null });
  },
  async POST(ctx) {
    const { services, session } = ctx.state;
    if (!services.demo) throw new HttpError(404);
    const role = await readFormField(ctx.req, "role");
    if (role !== "player" && role !== "auditor" && role !== "trader") throw new HttpError(400);

    const started = await services.startDemoSession({ role, name: null, keep: session });
    if (!started) throw new HttpError(503);
    const before = readCredentials(ctx.req.headers);
    if (before.kind === "cookie") await services.endSession(before.token);
    const response = ctx.redirect(FIRST_PAGES[role], 303);
    response.headers.append("set-cookie", sessionCookie(started.token, services.policy.sessionMs));
    return response;
  },
});

export default define.page<typeof handler>(({ data }) => (
  <main id="main" class="page page--narrow" tabIndex={-1}>
    <Head>
      <title>Demo roles · Holdfast</title>
    </Head>
    <header class="page-head">
      <h1>Demo roles</h1>
      <p>Holdfast runs as a demo here: no identity, no real money.</p>
    </header>
    <section class="panel" aria-labelledby="role">
      <h2 id="role">Choose a role</h2>
      <RoleForm role={data.role} />
    </section>
  </main>
));
