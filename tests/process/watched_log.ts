import { assert, assertEquals } from "@std/assert";
import { eventually } from "../browser/eventually.ts";
import { pageOfRecords, type RecordSeen } from "./bettor.ts";
import type { Remembered } from "./remembered.ts";

/** What was promised: a record is in the log within a second. */
const LOG_WITHIN_MS = 1_000;

/** What stands in the log about a request that was accepted. */
const ACCEPTED = {
  bet: "bet.placed",
  hold: "hold.authorised",
  confirm: "bet.placed",
  void: "hold.voided",
} as const;

const REFUSED = {
  bet: "bet.refused",
  hold: "hold.refused",
  confirm: "hold.refused",
  void: "hold.refused",
} as const;

/** The log as an auditor reads it, page by page, for as long as the test lasts. */
export class WatchedLog {
  readonly records: RecordSeen[] = [];

  constructor(readonly auditorToken: string) {}

  /** Reads what has come; every record follows the one before it, in the log and in its chain. */
  async readOn(url: string): Promise<void> {
    const seqs = new Map<string, number>();
    for (const record of this.records) seqs.set(...placeOf(record));
    while (true) {
      const after = this.records.length;
      const page = await pageOfRecords(url, this.auditorToken, after);
      if (page.length === 0) return;
      for (const [index, record] of page.entries()) {
        const [chain, own] = placeOf(record);
        assertEquals(record.seq, after + index + 1);
        assertEquals(own, (seqs.get(chain) ?? 0) + 1, `record ${record.seq}`);
        seqs.set(chain, own);
        this.records.push(record);
      }
    }
  }

  /** Waits until the log has each of the requests, for as long as a record may take. */
  async catchUp(url: string, remembered: readonly Remembered[]): Promise<void> {
    await eventually(async () => {
      await this.readOn(url);
      const logged = new Set(this.records.map(requestOf));
      return remembered.every((one) => logged.has(nameOf(one))) ? true : null;
    }, { withinMs: LOG_WITHIN_MS, what: "the record of each request" });
  }

  /** For each request there is one record, which says what the answer said. */
  assertHas(remembered: readonly Remembered[]): void {
    const byRequest = this.#byRequest();
    for (const one of remembered) {
      const record = byRequest.get(nameOf(one));
      assert(record, `${nameOf(one)} is logged`);
      assertSays(record, one);
    }
  }

  /** The log has the requests, as {@link assertHas} says, and nothing that nobody asked for. */
  assertTells(remembered: readonly Remembered[]): void {
    this.assertHas(remembered);
    assertEquals(this.#byRequest().size, remembered.length, "requests in the log");
  }

  #byRequest(): ReadonlyMap<string, RecordSeen> {
    const byRequest = new Map<string, RecordSeen>();
    for (const record of this.records) {
      if (record.requestId === null || record.accountId === null) continue;
      assert(!byRequest.has(requestOf(record)), `${requestOf(record)} is logged once`);
      byRequest.set(requestOf(record), record);
    }
    return byRequest;
  }
}

function assertSays({ type, data }: RecordSeen, { ask, answer }: Remembered): void {
  assert(answer);
  const accepted = answer.status < 300;
  assertEquals(type, (accepted ? ACCEPTED : REFUSED)[ask.what], ask.requestId);
  if (!accepted) return;
  const { bet, hold, account } = JSON.parse(answer.text);
  const said = data as {
    readonly bet?: { readonly id: string };
    readonly hold?: { readonly id: string } | null;
    readonly account: { readonly [member: string]: number };
  };
  assertEquals((bet ? said.bet : said.hold)?.id, (bet ?? hold).id, ask.requestId);
  const { balanceMinor, heldMinor, version } = account;
  assertEquals(
    [said.account["balanceMinor"], said.account["heldMinor"], said.account["version"]],
    [balanceMinor, heldMinor, version],
    ask.requestId,
  );
}

/** The chain that a record is of, and its number in it. */
function placeOf({ accountId, accountSeq, marketId, marketSeq }: RecordSeen): [string, number] {
  return accountId === null ? [`market ${marketId}`, marketSeq ?? 0] : [accountId, accountSeq ?? 0];
}

function requestOf({ accountId, requestId }: RecordSeen): string {
  return `${accountId} ${requestId}`;
}

function nameOf({ ask }: Remembered): string {
  return `${ask.bettor.accountId} ${ask.requestId}`;
}
