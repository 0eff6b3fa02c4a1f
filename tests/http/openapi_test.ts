import { assert, assertEquals } from "@std/assert";
import { Validator } from "@seriousme/openapi-schema-validator";
import { isApiPath } from "../../lib/http/api_paths.ts";
import { openApiDocument } from "../../lib/http/openapi.ts";
import { problemsOf } from "../../lib/http/operation.ts";
import { OPERATIONS } from "../../lib/http/operations.ts";
import { PROBLEM_SLUGS } from "../../lib/http/problem_json.ts";
import { PROBLEMS } from "../../lib/http/problem.ts";

/** The document as a reader gets it. */
function document() {
  return JSON.parse(JSON.stringify(openApiDocument()));
}

Deno.test("openApiDocument() is valid OpenAPI 3.1", async () => {
  const validator = new Validator();
  const result = await validator.validate(document());
  assertEquals(result, { valid: true });
  assertEquals(validator.version, "3.1");
});

Deno.test("openApiDocument() has every route of the API with its methods, and no other", async () => {
  const documented = Object.entries<object>(document().paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`)
  );
  assertEquals(documented.toSorted(), (await routesOnDisk()).toSorted());
});

Deno.test("openApiDocument() documents every kind of problem somewhere", () => {
  const documented = new Set(OPERATIONS.flatMap(problemsOf));
  // Said of every address alike, so by none of its operations.
  documented.add("method-not-allowed");
  assertEquals([...documented].toSorted(), PROBLEM_SLUGS.toSorted());
});

Deno.test("openApiDocument() gives each operation an answer for each status of its problems", () => {
  const { paths } = document();
  for (const operation of OPERATIONS) {
    const { responses } = paths[operation.path][operation.method];
    for (const slug of problemsOf(operation)) {
      const description = responses[PROBLEMS[slug].status]?.description ?? "";
      assert(description.includes(`\`${slug}\``), `${operation.id} ${slug}`);
    }
  }
});

Deno.test("openApiDocument() describes a bet's body as strictly as it is read", () => {
  const { components } = document();
  const { PlaceBet } = components.schemas;
  assertEquals(PlaceBet.additionalProperties, false);
  assertEquals(PlaceBet.required, ["legs", "stakeMinor"]);
  assertEquals(PlaceBet.properties.legs.minItems, 1);
  assertEquals(PlaceBet.properties.legs.maxItems, 1);
  assertEquals(PlaceBet.properties.stakeMinor.type, "integer");
  assertEquals(PlaceBet.properties.priceChange.enum, ["none", "higher", "any"]);
});

/** "GET /api/events/{id}" and so on, read from the files that answer. */
async function routesOnDisk(): Promise<string[]> {
  const found: string[] = [];
  const folder = new URL("../../routes/", import.meta.url);
  const visit = async (path: string): Promise<void> => {
    for await (const entry of Deno.readDir(new URL(path, folder))) {
      if (entry.isDirectory) await visit(`${path}${entry.name}/`);
      else if (entry.name.endsWith(".ts") && !entry.name.startsWith("_")) {
        const address = `/${path}${entry.name.slice(0, -3)}`.replace(/\/index$/, "")
          .replace(/\[(\w+)\]/g, "{$1}");
        if (!isApiPath(address)) continue;
        const { handler } = await import(new URL(encodeURI(path + entry.name), folder).href);
        found.push(...Object.keys(handler ?? {}).map((method) => `${method} ${address}`));
      }
    }
  };
  await visit("");
  return found;
}
