import { define } from "../define.ts";
import { openApiDocument } from "../lib/http/openapi.ts";

/** `GET /openapi.json`: this API for machines, made from the schemas that check every request. */
export const handler = define.handlers({
  GET: () =>
    Response.json(openApiDocument(), { headers: { "cache-control": "public, max-age=300" } }),
});
