import { assertEquals } from "@std/assert";

/** A price of the demo's book, which does not change. */
export const LEG = {
  marketId: "harbour-northgate.match-result",
  selectionId: "harbour-town",
  price: "2.50",
} as const;

/** A leg as a request names it. */
export interface LegAsked {
  readonly marketId: string;
  readonly selectionId: string;
  readonly price: string;
}

/** An account as the API shows it. */
export interface AccountSeen {
  readonly id: string;
  readonly balanceMinor: number;
  readonly heldMinor: number;
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
  /** Null in a record of a market. */
  readonly accountId: string | null;
  readonly accountSeq: number | null;
  /** In a record of a market only. */
  readonly marketId?: string;
  readonly marketSeq?: number;
  readonly requestId: string | null;
  readonly data: { readonly [member: string]: unknown };
}

/** What the book can lose on a selection, as the API shows it to traders. */
export interface ExposureSeen {
  readonly selectionId: string;
  readonly liabilityMinor: number;
  readonly liabilityCapMinor: number;
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

/** The records numbered above `after`, as many as a page has. */
export async function pageOfRecords(
  url: string,
  auditorToken: string,
  after: number,
): Promise<readonly RecordSeen[]> {
  const path = `/api/audit/records?after=${after}&limit=${RECORDS_A_PAGE}`;
  return (await read<{ records: RecordSeen[] }>(url + path, auditorToken)).records;
}

/** What the book can lose on each selection of a market. */
export async function exposuresOf(
  url: string,
  traderToken: string,
  marketId: string,
): Promise<readonly ExposureSeen[]> {
  const path = `/api/trading/markets/${marketId}`;
  return (await read<{ exposure: ExposureSeen[] }>(url + path, traderToken)).exposure;
}

/** Asks to set the most that the book may lose on a selection; the server's answer. */
export function setCap(
  url: string,
  traderToken: string,
  { marketId, ...limit }: {
    readonly marketId: string;
    readonly selectionId: string;
    readonly liabilityCapMinor: number;
  },
): Promise<Response> {
  return fetch(`${url}/api/trading/markets/${marketId}/limits`, {
    method: "POST",
    headers: betHeaders({ token: traderToken, requestId: crypto.randomUUID() }),
    body: JSON.stringify({ limits: [limit] }),
  });
}

/** Asks to suspend or resume a market; the server's answer. */
export function setStatus(
  url: string,
  traderToken: string,
  { marketId, does }: { readonly marketId: string; readonly does: "suspend" | "resume" },
): Promise<Response> {
  return fetch(`${url}/api/trading/markets/${marketId}/${does}`, {
    method: "POST",
    headers: betHeaders({ token: traderToken, requestId: crypto.randomUUID() }),
    body: JSON.stringify({ reason: "as the test has it" }),
  });
}

/** Signs a trader or an auditor in: the token. */
export async function tokenOf(url: string, role: "trader" | "auditor"): Promise<string> {
  return (await startSession(url, role)).token;
}

async function startSession(
  url: string,
  role: "player" | "trader" | "auditor",
): Promise<Bettor> {
  const response = await askForSession(url, role);
  assertEquals(response.status, 201);
  return await response.json();
}

/** Asks for a demo session; the server's answer. */
export function askForSession(
  url: string,
  role: "player" | "trader" | "auditor",
): Promise<Response> {
  return fetch(`${url}/api/demo/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role }),
  });
}

async function read<Body>(address: string, token: string): Promise<Body> {
  const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  const body = await response.json();
  assertEquals(response.status, 200, JSON.stringify(body));
  return body;
}
