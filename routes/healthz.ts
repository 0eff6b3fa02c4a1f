import { define } from "../define.ts";

/** `GET /healthz`: the process answers. It asks nothing else, so that a slow store restarts nobody. */
export const handler = define.handlers({
  GET: () => Response.json({ status: "ok" }),
});
