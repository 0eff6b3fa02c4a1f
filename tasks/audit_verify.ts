/**
 * `deno task audit:verify`: reads the whole log of the database that HOLDFAST_KV names, checks it
 * against itself and against every account and market, and names the first bad record. It only reads, and may run
 * beside a working server.
 */
import { createHash } from "node:crypto";
import { KvAuditLog } from "../lib/adapters/deno_kv/kv_audit_log.ts";
import { KvLedger } from "../lib/adapters/deno_kv/kv_ledger.ts";
import { openKv } from "../lib/adapters/deno_kv/open_kv.ts";
import { readSettings, SettingError } from "../lib/adapters/system/settings.ts";
import { verifyLog } from "../lib/app/verify_log.ts";

const count = new Intl.NumberFormat("en-GB");

async function main(): Promise<number> {
  const location = readSettings(Deno.env.get).kv;
  await refuseMissingFile(location);
  const { kv, backend } = await openKv(location);
  const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
  const ledger = new KvLedger(kv, backend, () => {});
  const verdict = await verifyLog({
    ledger,
    log: new KvAuditLog(kv, backend, ledger),
    sha256,
    progress: showProgress,
  });
  kv.close();
  showProgress(null);
  if (!verdict.ok) {
    console.error(verdict.flaw);
    return 1;
  }
  const { records, accounts, markets, waiting } = verdict;
  const coming = waiting === 0 ? "" : ` ${count.format(waiting)} more are on their way into it.`;
  console.log(
    `The log holds: ${count.format(records)} records of ${count.format(accounts)} accounts ` +
      `and ${count.format(markets)} markets, without a gap and chained to the end.${coming}`,
  );
  return 0;
}

/** Opening a database makes its file; verifying one must not. */
async function refuseMissingFile(location: string | null): Promise<void> {
  if (location === null || location === ":memory:" || /^https?:/.test(location)) return;
  try {
    await Deno.stat(location);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new SettingError(`HOLDFAST_KV "${location}" is not there; nothing was verified.`);
  }
}

/** One line that counts up, for people at a terminal; null wipes it. */
function showProgress(records: number | null): void {
  if (!Deno.stderr.isTerminal()) return;
  const line = records === null ? "" : `${count.format(records)} records checked`;
  Deno.stderr.writeSync(new TextEncoder().encode(`\r\u001b[K${line}`));
}

try {
  Deno.exit(await main());
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
