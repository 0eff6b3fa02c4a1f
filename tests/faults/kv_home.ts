import { KvAuditLog } from "../../lib/adapters/deno_kv/kv_audit_log.ts";
import { type KvBackend, SQLITE_BACKEND } from "../../lib/adapters/deno_kv/kv_backend.ts";
import { KvLedger } from "../../lib/adapters/deno_kv/kv_ledger.ts";
import { keys } from "../../lib/adapters/deno_kv/keys.ts";
import { systemBackoff } from "../../lib/adapters/system/surroundings.ts";
import { AccountTurns } from "../../lib/app/account_turns.ts";
import { OutboxDrainer } from "../../lib/app/outbox_drainer.ts";
import { type BetAnswer, type BetRequest, placeBet } from "../../lib/app/place_bet.ts";
import { DEFAULT_POLICY, type Policy } from "../../lib/app/policy.ts";
import type { Backoff } from "../../lib/ports/surroundings.ts";
import { MATCH, sha256 } from "../given.ts";
import { aRequest } from "../app/bookmaker.ts";

/** The parts of a bookmaker over one handle of a real database. */
export interface KvParts {
  readonly ledger: KvLedger;
  readonly log: KvAuditLog;
  readonly drainer: OutboxDrainer;
  place(change?: Partial<BetRequest>): Promise<BetAnswer>;
}

/** Wires the parts as the server does; `kv` may be one whose commits fail. */
export function partsOn(
  kv: Deno.Kv,
  options: {
    readonly policy?: Partial<Policy>;
    readonly backend?: KvBackend;
    readonly backoff?: Backoff;
  } = {},
): KvParts {
  const { backend = SQLITE_BACKEND, backoff = systemBackoff } = options;
  const policy = { ...DEFAULT_POLICY, ...options.policy };
  const ledger = new KvLedger(kv, backend);
  const log = new KvAuditLog(kv, backend);
  const { drainBatch, commitAttempts: attempts } = policy;
  const drainer = new OutboxDrainer({ log, backoff, sha256 }, { drainBatch, attempts });
  const ports = { ledger, backoff, sha256, turns: new AccountTurns(policy.waitingPerAccount) };
  return { ledger, log, drainer, place: (change) => placeBet(ports, policy, aRequest(change)) };
}

/** Puts {@link MATCH} on offer. */
export async function offerMatch(kv: Deno.Kv): Promise<void> {
  await kv.set(keys.market(MATCH.id), MATCH);
}

/** Runs a test with the path of a database file that is removed afterwards. */
export async function onDisk(run: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "holdfast-" });
  try {
    await run(`${folder}/holdfast.db`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
