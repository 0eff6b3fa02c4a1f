import * as z from "zod";
import { createDocument, type ZodOpenApiOperationObject } from "zod-openapi";
import { SESSION_COOKIE } from "./credentials.ts";
import { IDEMPOTENCY_KEY, MAX_REQUEST_ID, REPLAYED } from "./idempotency_key.ts";
import { type Operation, problemsOf } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { ProblemJson } from "./problem_json.ts";
import { PROBLEMS, type ProblemSlug } from "./problem.ts";

/** The API as an OpenAPI 3.1 document. */
export type OpenApiDocument = ReturnType<typeof createDocument>;

let made: OpenApiDocument | null = null;

/** The document, made once from the schemas that check the requests. Not to be changed. */
export function openApiDocument(): OpenApiDocument {
  return made ??= makeDocument();
}

function makeDocument(): OpenApiDocument {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of OPERATIONS) {
    (paths[operation.path] ??= {})[operation.method] = describe(operation);
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Holdfast",
      version: "1",
      summary: "Places bets exactly once.",
      description:
        "JSON in and out, at most 64 KiB, strict: an unknown member is an error. Errors " +
        "are problem documents (RFC 9457). Every answer carries X-Request-Id, for support. An " +
        "address refuses methods it does not have with method-not-allowed (405) and Allow.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "For programs." },
        cookie: {
          type: "apiKey",
          in: "cookie",
          name: SESSION_COOKIE,
          description: "For browsers. What changes something must come from a page of this site.",
        },
      },
    },
  }, {
    // Answers may get more members; a reader that was made from this document must not mind them.
    override: ({ jsonSchema, io }) => {
      if (io === "output" && jsonSchema.additionalProperties === false) {
        delete jsonSchema.additionalProperties;
      }
    },
  });
}

function describe(operation: Operation): ZodOpenApiOperationObject {
  const { id, summary, audience, query, body, bodyOptional, answer } = operation;
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const path = z.object(Object.fromEntries(names.map((name) => [name, z.string()])));
  return {
    operationId: id,
    summary,
    security: audience === "anybody" ? [] : [{ bearer: [] }, { cookie: [] }],
    requestParams: {
      ...(names.length > 0 ? { path } : {}),
      ...(query ? { query } : {}),
      ...(operation.keyed ? { header: KeyHeader } : {}),
    },
    ...(body
      ? {
        requestBody: { required: !bodyOptional, content: { "application/json": { schema: body } } },
      }
      : {}),
    responses: {
      [answer.status]: {
        description: answer.description,
        content: { "application/json": { schema: answer.schema } },
        ...(operation.keyed ? { headers: ReplayedHeader } : {}),
      },
      ...problemAnswers(problemsOf(operation), operation.keyed ?? false),
    },
  };
}

const KeyHeader = z.object({
  [IDEMPOTENCY_KEY]: z.string().min(1).max(MAX_REQUEST_ID).regex(/^[\x20-\x7e]+$/).meta({
    description:
      "Your own id for this request: repeating it under the same id never does it twice.",
  }),
});

const ReplayedHeader = z.object({
  [REPLAYED]: z.literal("true").optional().meta({
    description: "The request had been answered before; nothing happened now.",
  }),
});

/** One answer a status, naming the kinds of problems that have it. */
function problemAnswers(
  slugs: readonly ProblemSlug[],
  keyed: boolean,
): ZodOpenApiOperationObject["responses"] {
  const byStatus = Map.groupBy(slugs, (slug) => PROBLEMS[slug].status);
  return Object.fromEntries(
    [...byStatus].toSorted(([a], [b]) => a - b).map(([status, kinds]) => [status, {
      description: kinds.map((slug) => `\`${slug}\`: ${PROBLEMS[slug].title}.`).join(" "),
      content: { "application/problem+json": { schema: ProblemJson } },
      ...(keyed && [404, 409, 410, 422].includes(status) ? { headers: ReplayedHeader } : {}),
    }]),
  );
}
