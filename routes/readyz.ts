import { define } from "../define.ts";

/** `GET /readyz`: the store answers. When it does not, the error becomes the problem `not-ready`. */
export const handler = define.handlers({
  async GET({ state: { services } }) {
    await services.ready();
    return Response.json({ status: "ready" });
  },
});
