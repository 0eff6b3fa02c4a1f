import { betBody, betHeaders, type Bettor } from "./bettor.ts";

/** A request whose body has not been sent yet, though the server has begun to read it. */
export interface HeldBackBet extends Disposable {
  /** Sends the body: the status of the answer. */
  finish(): Promise<number>;
}

/**
 * Begins a request for a bet on a connection of its own and holds its body back. It is certainly in
 * flight: "100 Continue" (RFC 9110, 10.1.1) is sent when the server begins to read the body.
 */
export async function beginBet(
  { port }: { readonly port: number },
  bettor: Bettor,
  asked: { readonly requestId: string; readonly stakeMinor: number },
): Promise<HeldBackBet> {
  const body = betBody(asked.stakeMinor);
  const headers = Object.entries({
    ...betHeaders({ token: bettor.token, requestId: asked.requestId }),
    host: `localhost:${port}`,
    expect: "100-continue",
    "content-length": String(body.length),
  }).map(([name, value]) => `${name}: ${value}\r\n`);

  const connection = await Deno.connect({ hostname: "localhost", port });
  try {
    await send(connection, `POST /api/bets HTTP/1.1\r\n${headers.join("")}\r\n`);
    await receive(connection, /^HTTP\/1\.1 100 Continue\r\n\r\n$/);
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    async finish() {
      await send(connection, body);
      const [, status] = await receive(connection, /^HTTP\/1\.1 (\d{3}) [^]*\r\n\r\n\{[^]*\}$/);
      return Number(status);
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

/** Reads until all that came fits the pattern. */
async function receive(connection: Deno.TcpConn, pattern: RegExp): Promise<RegExpExecArray> {
  const decoder = new TextDecoder();
  const chunk = new Uint8Array(4_096);
  let text = "";
  while (true) {
    const count = await connection.read(chunk);
    if (count === null) throw new Error(`the connection ended without ${pattern}: ${text}`);
    text += decoder.decode(chunk.subarray(0, count), { stream: true });
    const found = pattern.exec(text);
    if (found) return found;
  }
}
