import { PRICE, selectionAt, STAKE_MINOR } from "../book.ts";
import type { BenchBet, Contender } from "../contender.ts";
import { type ServerProcess, startServer } from "../peers/server_process.ts";
import { freePort } from "./free_port.ts";
import { HttpClient } from "./http_client.ts";

const SERVER = new URL("http_ceiling_server.ts", import.meta.url).pathname;

/** What HTTP alone allows on this machine, client included: the same requests, and no bet placed. */
export class HttpCeiling implements Contender {
  readonly audit = null;
  #server: ServerProcess | null = null;
  #http: HttpClient | null = null;

  constructor(readonly how: { readonly clients: number }) {}

  async open(): Promise<void> {
    const port = freePort();
    this.#server = await startServer({
      name: "The HTTP ceiling",
      command: Deno.execPath(),
      args: ["run", "--allow-net=127.0.0.1", SERVER, String(port)],
      user: null,
      stopSignal: "SIGTERM",
      answers: async () => (await Deno.connect({ hostname: "127.0.0.1", port })).close(),
    });
    this.#http = new HttpClient(`http://127.0.0.1:${port}`, this.how.clients);
  }

  async place(bet: BenchBet): Promise<"placed" | "refused"> {
    if (!this.#http) throw new Error("the server does not run");
    const { requestId } = bet;
    const legs = [{ ...selectionAt(bet.selectionIndex), price: PRICE }];
    const body = JSON.stringify({ legs, stakeMinor: STAKE_MINOR });
    // As long as a session's token, so that the requests are alike.
    const token = "0123456789012345678901234567890123456789";
    const { status } = await this.#http.post("/api/bets", { token, requestId, body });
    return status === 201 ? "placed" : "refused";
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await this.#http?.close();
    await this.#server?.[Symbol.asyncDispose]();
  }
}
