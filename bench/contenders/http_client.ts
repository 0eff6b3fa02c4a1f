import { Pool } from "undici";

/** An answer's status and its JSON. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * One kept connection a client, one request at a time on each. Of the clients that run here it takes
 * the least from the two processors that it shares with the server.
 */
export class HttpClient {
  readonly #pool: Pool;

  constructor(origin: string, connections: number) {
    this.#pool = new Pool(origin, { connections, pipelining: 1 });
  }

  get(path: string, token: string | null): Promise<HttpAnswer> {
    return this.#ask({ method: "GET", path, headers: authorization(token), body: null });
  }

  /** `requestId` becomes the `Idempotency-Key`. */
  post(
    path: string,
    asked: { readonly token: string | null; readonly requestId: string; readonly body: string },
  ): Promise<HttpAnswer> {
    const headers = {
      ...authorization(asked.token),
      "content-type": "application/json",
      "idempotency-key": asked.requestId,
    };
    return this.#ask({ method: "POST", path, headers, body: asked.body });
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  async #ask(
    request: {
      readonly method: "GET" | "POST";
      readonly path: string;
      readonly headers: Record<string, string>;
      readonly body: string | null;
    },
  ): Promise<HttpAnswer> {
    const { statusCode, body } = await this.#pool.request(request);
    return { status: statusCode, body: await body.json() };
  }
}

function authorization(token: string | null): Record<string, string> {
  return token === null ? {} : { authorization: `Bearer ${token}` };
}
