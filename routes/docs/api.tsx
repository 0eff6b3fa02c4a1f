import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { define } from "../../define.ts";
import { operationsOf, type ReferenceOperation, shapesOf } from "../../lib/http/api_reference.ts";
import { openApiDocument } from "../../lib/http/openapi.ts";
import { PROBLEM_SLUGS } from "../../lib/http/problem_json.ts";
import { PROBLEMS, problemType } from "../../lib/http/problem.ts";
import type { Field } from "../../lib/http/schema_fields.ts";

/** `GET /docs/api`: the API for people, made from the same document as `/openapi.json`. */
export const handler = define.handlers({
  async GET({ url, state: { services } }) {
    const market = (await services.events()).flatMap(({ markets }) => markets)
      .find(({ status }) => status === "open");
    const selection = market?.selections[0];
    const leg = {
      marketId: market?.id ?? "<market id>",
      selectionId: selection?.id ?? "<selection id>",
      price: selection?.price ?? "2.50",
    };
    return page({ example: exampleFor(url.origin, leg), demo: services.demo });
  },
});

export default define.page<typeof handler>(({ data: { example, demo } }) => {
  const document = openApiDocument();
  const operations = operationsOf(document);
  return (
    <main class="api" id="main" tabindex={-1}>
      <Head>
        <title>API · Holdfast</title>
        <link rel="stylesheet" href={asset("/api.css")} />
      </Head>
      <h1>The API</h1>
      <p>{document.info.description}</p>
      <p>
        For machines: <a href="/openapi.json">openapi.json</a>.
      </p>
      <nav aria-label="Operations">
        <ul class="api-list">
          {operations.map(({ id, method, path }) => (
            <li key={id}>
              <a href={`#${id}`}>
                <code>{method} {path}</code>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {demo && (
        <section aria-labelledby="example">
          <h2 id="example">Try it</h2>
          <p>A session with play money, a bet, the same bet again, and what became of it.</p>
          <pre class="api-code" tabindex={0}><code>{example}</code></pre>
        </section>
      )}
      {operations.map((operation) => <Operation key={operation.id} operation={operation} />)}
      <h2 id="shapes">Shapes</h2>
      {shapesOf(document).map(({ name, fields }) => (
        <section key={name} aria-labelledby={`shape-${name}`}>
          <h3 id={`shape-${name}`}>{name}</h3>
          <Fields fields={fields} caption="Members" of={name} />
        </section>
      ))}
      <h2 id="problems">Problems</h2>
      <Problems />
    </main>
  );
});

function Operation({ operation }: { readonly operation: ReferenceOperation }) {
  const { id, method, path, summary, needsSession, parameters, body, answer, problems } = operation;
  const name = `${method} ${path}`;
  return (
    <section class="api-operation" aria-labelledby={id}>
      <h2 id={id}>
        <code>{name}</code>
      </h2>
      <p>{summary} {needsSession ? "Needs a session." : ""}</p>
      {parameters.length > 0 && <Fields fields={parameters} caption="Parameters" of={name} />}
      {body.length > 0 && <Fields fields={body} caption="Body" of={name} />}
      <p>
        Answers {answer.status}: {answer.description}{" "}
        {answer.shape !== null && <a href={`#shape-${answer.shape}`}>{answer.shape}</a>}
      </p>
      {answer.fields.length > 0 && <Fields fields={answer.fields} caption="Answer" of={name} />}
      <p>
        Problems:{" "}
        {problems.flatMap(({ status, kinds }) => kinds.map((kind) => `${kind} (${status})`)).join(
          ", ",
        )}.
      </p>
    </section>
  );
}

/** A table of fields; the name of its region says what they are `of`, so that no two are called alike. */
function Fields(
  { fields, caption, of }: {
    readonly fields: readonly Field[];
    readonly caption: string;
    readonly of: string;
  },
) {
  return (
    <div class="api-scroll" role="region" aria-label={`${caption} of ${of}`} tabindex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, type, required, note }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{type}{required ? "" : ", optional"}</td>
              <td>{note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Problems() {
  return (
    <div class="api-scroll" role="region" aria-label="Kinds of problems" tabindex={0}>
      <table>
        <caption>Kinds of problems</caption>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Status</th>
            <th scope="col">Title</th>
          </tr>
        </thead>
        <tbody>
          {PROBLEM_SLUGS.map((slug) => (
            <tr key={slug}>
              <th scope="row">
                <code>{problemType(slug)}</code>
              </th>
              <td>{PROBLEMS[slug].status}</td>
              <td>{PROBLEMS[slug].title}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Commands for a shell with curl, which can be pasted as they stand. */
function exampleFor(origin: string, leg: unknown): string {
  const body = JSON.stringify({ legs: [leg], stakeMinor: 500 });
  return `TOKEN=$(curl -s ${origin}/api/demo/sessions \\
  -H 'content-type: application/json' -d '{"role":"player"}' |
  sed 's/.*"token":"\\([^"]*\\)".*/\\1/')

curl -i ${origin}/api/bets -H "authorization: Bearer $TOKEN" \\
  -H 'content-type: application/json' -H 'idempotency-key: my-first-bet' \\
  -d '${body}'

curl -i ${origin}/api/bets -H "authorization: Bearer $TOKEN" \\
  -H 'content-type: application/json' -H 'idempotency-key: my-first-bet' \\
  -d '${body}'

curl ${origin}/api/requests/my-first-bet -H "authorization: Bearer $TOKEN"`;
}
