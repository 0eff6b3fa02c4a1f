import { assertEquals } from "@std/assert";

/** A price of the demo's book, which does not change. */
export const LEG = {
  marketId: "harbour-northgate.match-result",
  selectionId: "harbour-town",
  price: "2.50",
} as const;

/** An account as the API shows it. */
export interface AccountSeen {
  readonly id: string;
  readonly balanceMinor: number;
  readonly availableMinor: number;
  readonly version: number;
}

/** A bet as the API shows it. */
export interface BetSeen {
  readonly id: string;
  readonly requestId: string;
  readonly stakeMinor: number;
}

/** A record of the log as the API shows it. */
export interface RecordSeen {
  readonly seq: number;
  readonly type: string;
  readonly accountId: string;
  readonly accountSeq: number;
  readonly requestId: string | null;
  readonly data: { readonly [member: string]: unknown };
}

/** A page of the log has at most this many records. */
const RECORDS_A_PAGE = 1_000;

/** A program with a demo account, which talks to whatever server it is pointed at. */
export interface Bettor {
  readonly token: string;
  readonly accountId: string;
}

/** Starts a demo player with 1,000.00 of play money. */
export async function newBettor(url: string): Promise<Bettor> {
  return { ...await startSession(url, "player") };
}

/** Asks for a single on {@link LEG}; the server's answer. */
export function placeBet(
  url: string,
  { token }: Bettor,
  asked: { readonly requestId: string; readonly stakeMinor: number },
): Promise<Response> {
  return fetch(`${url}/api/bets`, {
    method: "POST",
    headers: betHeaders({ token, requestId: asked.requestId }),
    body: betBody(asked.stakeMinor),
  });
}

/** The headers of a request for a bet. */
export function betHeaders(
  { token, requestId }: { readonly token: string; readonly requestId: string },
): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "idempotency-key": requestId,
  };
}

/** The body of a request for a single on {@link LEG}. */
export function betBody(stakeMinor: number): string {
  return JSON.stringify({ legs: [LEG], stakeMinor });
}

/** The account as the server knows it. */
export function accountOf(url: string, { token }: Bettor): Promise<AccountSeen> {
  return read(`${url}/api/account`, token);
}

/** The newest 100 bets of the account. */
export async function betsOf(url: string, { token }: Bettor): Promise<readonly BetSeen[]> {
  const { bets } = await read<{ bets: BetSeen[] }>(`${url}/api/bets?limit=100`, token);
  return bets;
}

/** The records of an account as an auditor reads them, all of them. */
export async function recordsOf(url: string, { accountId }: Bettor): Promise<RecordSeen[]> {
  const { token } = await startSession(url, "auditor");
  return await ownRecords(url, { token, accountId });
}

/** The records of an account as the account itself reads them. */
export async function ownRecords(url: string, { token, accountId }: Bettor): Promise<RecordSeen[]> {
  const path = `/api/audit/records?accountId=${accountId}&limit=${RECORDS_A_PAGE}`;
  const { records } = await read<{ records: RecordSeen[] }>(url + path, token);
  if (records.length === RECORDS_A_PAGE) throw new Error("there may be more records than a page");
  return records;
}

async function startSession(url: string, role: "player" | "auditor"): Promise<Bettor> {
  const response = await fetch(`${url}/api/demo/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role }),
  });
  assertEquals(response.status, 201);
  return await response.json();
}

async function read<Body>(address: string, token: string): Promise<Body> {
  const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  const body = await response.json();
  assertEquals(response.status, 200, JSON.stringify(body));
  return body;
}
