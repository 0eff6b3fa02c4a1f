import { betBody, betHeaders, type Bettor } from "../process/bettor.ts";

/** A request whose body is still to come. */
export interface SlowBet extends Disposable {
  /** Sends the rest of the body: the status of the answer. */
  finish(): Promise<number>;
}

/** A connection that was of use once and waits; `closed` is when the server has closed it. */
export async function idleConnection(
  { port }: { readonly port: number },
): Promise<{ readonly closed: Promise<void> }> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await send(connection, HEALTH);
  await statusOf(connection);
  const closed = async () => {
    while (await connection.read(new Uint8Array(1_024)) !== null);
    connection.close();
  };
  return { closed: closed() };
}

const HEALTH = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";

/**
 * Begins a request for a bet on a connection of its own and holds the end of its body back. workerd
 * sends no "100 Continue"; that another request on the same connection was answered before tells that
 * it has this connection.
 */
export async function beginSlowBet(
  { port }: { readonly port: number },
  bettor: Bettor,
  asked: { readonly requestId: string; readonly stakeMinor: number },
): Promise<SlowBet> {
  const body = betBody(asked.stakeMinor);
  const headers = { ...betHeaders({ token: bettor.token, requestId: asked.requestId }) };
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    await send(connection, HEALTH);
    await statusOf(connection);
    const lines = Object.entries({ ...headers, "content-length": String(body.length) })
      .map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const head = `POST /api/bets HTTP/1.1\r\nhost: localhost:${port}\r\n${lines}\r\n`;
    await send(connection, head + body.slice(0, -1));
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    async finish() {
      await send(connection, body.slice(-1));
      return await statusOf(connection);
    },
    [Symbol.dispose]: () => connection.close(),
  };
}

async function send(connection: Deno.TcpConn, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  for (let sent = 0; sent < bytes.byteLength;) {
    sent += await connection.write(bytes.subarray(sent));
  }
}

/** Reads one answer whose body is a JSON object, to its end. */
async function statusOf(connection: Deno.TcpConn): Promise<number> {
  const decoder = new TextDecoder();
  const chunk = new Uint8Array(4_096);
  let text = "";
  while (true) {
    const count = await connection.read(chunk);
    if (count === null) throw new Error(`the connection ended without an answer: ${text}`);
    text += decoder.decode(chunk.subarray(0, count), { stream: true });
    // After the body of unknown length comes an empty chunk, and nothing else.
    const [, status] = /^HTTP\/1\.1 (\d{3}) [^]*\r\n\r\n[^]*\}(?:\r\n0\r\n\r\n)?$/.exec(text) ?? [];
    if (status !== undefined) return Number(status);
  }
}
