import { AuditHeadJson, AuditRecordsJson } from "../../lib/http/audit_json.ts";
import { EventsJson } from "../../lib/http/event_json.ts";
import { StartedSessionJson } from "../../lib/http/session_json.ts";
import type { AuditWatch, BenchBet, Contender } from "../contender.ts";
import { type ServerProcess, startServer } from "../peers/server_process.ts";
import { freePort } from "./free_port.ts";
import { hasRecord } from "./has_record.ts";
import { HttpClient } from "./http_client.ts";

/** A demo player has play money for this many of these, in minor units. */
const STAKE_MINOR = 1;

const MAIN = new URL("../../main.ts", import.meta.url).pathname;

interface Player {
  readonly token: string;
  readonly accountId: string;
}

/** The program itself, as it is started by anybody, asked over HTTP by players with sessions. */
export class LedgerOverHttp implements Contender {
  #server: ServerProcess | null = null;
  #http: HttpClient | null = null;
  #auditor = "";
  #players: readonly Player[] = [];
  #bodies: readonly string[] = [];

  constructor(readonly how: { readonly folder: string; readonly clients: number }) {}

  async open(accounts: number): Promise<void> {
    const port = freePort();
    const origin = `http://127.0.0.1:${port}`;
    this.#server = await startServer({
      name: "Holdfast",
      command: Deno.execPath(),
      args: ["run", "-A", MAIN],
      user: null,
      env: {
        PORT: String(port),
        HOLDFAST_HOST: "127.0.0.1",
        HOLDFAST_DEMO: "on",
        HOLDFAST_KV: `${this.how.folder}/over_http.db`,
      },
      stopSignal: "SIGTERM",
      answers: async () => {
        const { ok, body } = await fetch(`${origin}/readyz`);
        await body?.cancel();
        if (!ok) throw new Error("it is not ready");
      },
    });
    // One connection beside the clients' for the watch on the log.
    const http = new HttpClient(origin, this.how.clients + 1);
    this.#http = http;
    this.#auditor = (await startSession(http, "auditor")).token;
    const players: Player[] = [];
    await Promise.all(Array.from({ length: this.how.clients }, async () => {
      while (players.length < accounts) {
        const place = players.push({ token: "", accountId: "" }) - 1;
        const { token, accountId } = await startSession(http, "player");
        if (accountId === undefined) throw new Error("a player has no account");
        players[place] = { token, accountId };
      }
    }));
    this.#players = players;
    this.#bodies = await betBodies(http);
  }

  async place(bet: BenchBet): Promise<"placed" | "refused"> {
    const { token } = this.#player(bet.accountIndex);
    const body = this.#bodies[bet.selectionIndex % this.#bodies.length];
    if (body === undefined) throw new Error("nothing is on offer");
    const { requestId } = bet;
    const { status } = await this.#opened().post("/api/bets", { token, requestId, body });
    if (status >= 500 && status !== 503) throw new Error(`the server answered ${status}`);
    return status === 201 ? "placed" : "refused";
  }

  /** Waits until the log has stopped growing for as long as two sweeps take. */
  async settle(): Promise<void> {
    let before = -1;
    for (let look = 0; look < 20; look++) {
      const size = await this.audit.size();
      if (size === before) return;
      before = size;
      await new Promise((resolve) => setTimeout(resolve, 600));
    }
  }

  get audit(): AuditWatch {
    const ask = (path: string) => this.#opened().get(path, this.#auditor);
    return {
      size: async () => AuditHeadJson.parse((await ask("/api/audit/head")).body).size,
      has: ({ accountIndex, requestId, after }) =>
        hasRecord(requestId, after, async (after, limit) => {
          const { accountId } = this.#player(accountIndex);
          const query = `accountId=${accountId}&after=${after}&limit=${limit}`;
          const { body } = await ask(`/api/audit/records?${query}`);
          const { records } = AuditRecordsJson.parse(body);
          return records.map(({ seq, requestId }) => ({ seq, text: requestId ?? "" }));
        }),
    };
  }

  async close(): Promise<void> {
    await this.#http?.close();
    await this.#server?.[Symbol.asyncDispose]();
  }

  #player(accountIndex: number): Player {
    const player = this.#players[accountIndex];
    if (!player) throw new Error("there is no such player");
    return player;
  }

  #opened(): HttpClient {
    if (!this.#http) throw new Error("the server does not run");
    return this.#http;
  }
}

async function startSession(
  http: HttpClient,
  role: "player" | "auditor",
): Promise<{ readonly token: string; readonly accountId?: string | undefined }> {
  const requestId = crypto.randomUUID();
  const body = JSON.stringify({ role });
  const answer = await http.post("/api/demo/sessions", { token: null, requestId, body });
  if (answer.status !== 201) throw new Error(`a session was answered with ${answer.status}`);
  return StartedSessionJson.parse(answer.body);
}

/** The body of a bet on each selection of the demo's book. */
async function betBodies(http: HttpClient): Promise<readonly string[]> {
  const { body } = await http.get("/api/events", null);
  return EventsJson.parse(body).events.flatMap(({ markets }) =>
    markets.flatMap(({ id: marketId, selections }) =>
      selections.map(({ id: selectionId, price }) =>
        JSON.stringify({ legs: [{ marketId, selectionId, price }], stakeMinor: STAKE_MINOR })
      )
    )
  );
}
