import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { setToWork } from "../../deno_home.ts";
import { decodeRecord } from "../../lib/audit/record.ts";
import type { Services } from "../../lib/app/services.ts";
import { eventually } from "../browser/eventually.ts";
import { linesOf } from "../browser/lines_of.ts";
import { assertLogHolds } from "./audit_verify.ts";
import { HOLD_MS, openWithoutQueues, type QueuelessHome } from "./queueless_home.ts";
import { backing, type UnfinishedWork } from "./unfinished_work.ts";

const PROGRAM = new URL("./unfinished_work.ts", import.meta.url).href;

/** What was promised: a record is in the log within a second; a dead hold is swept twice a second. */
const LOG_WITHIN_MS = 1_000;
const SWEPT_WITHIN_MS = 1_000;
const START_MS = 30_000;

const AT_ONCE = 64;

Deno.test("without queues a commit wakes its own process: the log has each bet within a second, with no sweep", () =>
  inAFolder(async (path) => {
    const opened = await openWithoutQueues(path, () => void opened.home.drain());
    const { home: { services }, database } = opened;
    const accountId = await newAccount(services);
    const requestIds = Array.from({ length: AT_ONCE }, (_, number) => `together-${number}`);
    const answers = await Promise.all(
      requestIds.map((requestId) => services.placeBet(backing(accountId, requestId))),
    );
    assertEquals(new Set(answers.map(({ kind }) => kind)), new Set(["placed"]));
    await waitForRecords(services, accountId, requestIds);
    database.kv.close();
    assertEquals((await assertLogHolds(path)).includes("on their way"), false);
  }));

Deno.test("without queues a sweep ends a hold that nobody asks about, and gives its liability back", () =>
  inAFolder((path) =>
    atWork(path, async ({ services }) => {
      const accountId = await newAccount(services);
      const request = backing(accountId, "forgotten");
      const answer = await services.authoriseHold(request);
      assert(answer.kind === "held");
      assertEquals(await services.exposures(request.legs), [
        answer.hold.potentialReturnsMinor - answer.hold.amountMinor,
      ]);
      await waitForExpiry(services, accountId);
      assertEquals(await services.exposures(request.legs), [0]);
    })
  ));

Deno.test("without queues a start finds what a killed process left: its records are written, its hold is ended", () =>
  inAFolder(async (path) => {
    const { accountId, requestIds } = await leaveUnfinished(path);
    const before = await openWithoutQueues(path, () => {});
    assertEquals((await before.home.services.auditHead()).size, 0);
    before.database.kv.close();

    await atWork(path, async ({ services }) => {
      // The start's own sweep is over, and nothing has been asked since.
      const logged = await requestsLogged(services, accountId);
      assertEquals(logged.filter((requestId) => requestId !== null), requestIds);
      await waitForExpiry(services, accountId);
      const account = await services.account(accountId);
      assertEquals([account?.balanceMinor, account?.hold], [99_700, null]);
    });
    await assertLogHolds(path);
  }));

/** Runs the application at work, as the server does, and puts it down in good order. */
async function atWork(path: string, use: (home: QueuelessHome["home"]) => Promise<void>) {
  const { home, database } = await openWithoutQueues(path, () => void work.drain());
  const work = setToWork(home, database);
  try {
    await work.sweep();
    await use(home);
  } finally {
    await work.close(LOG_WITHIN_MS);
  }
}

/** Lets a process work on the database and kills it: what it had done. */
async function leaveUnfinished(path: string): Promise<UnfinishedWork> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", PROGRAM, path],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = linesOf(child.stdout);
  try {
    return JSON.parse(await output.first(/^\{/, START_MS));
  } finally {
    child.kill("SIGKILL");
    await Promise.all([child.status, output.end]);
  }
}

async function newAccount(services: Services): Promise<string> {
  const asked = { role: "player", name: null, keep: null } as const;
  const accountId = (await services.startDemoSession(asked))?.session.accountId;
  assert(accountId);
  return accountId;
}

/** The request that each record of the account answers, in their order; null for none. */
async function requestsLogged(
  services: Services,
  accountId: string,
): Promise<readonly (string | null)[]> {
  const records = await services.auditRecords({ chain: accountId, after: 0, limit: 1_000 });
  return records.map(({ bytes }) => decodeRecord(bytes).requestId);
}

function waitForRecords(
  services: Services,
  accountId: string,
  requestIds: readonly string[],
): Promise<true> {
  return eventually(async () => {
    const logged = new Set(await requestsLogged(services, accountId));
    return requestIds.every((requestId) => logged.has(requestId)) ? true : null;
  }, { withinMs: LOG_WITHIN_MS, what: "the record of each bet" });
}

/** Waits until the log says that the account's hold is over, though nobody asked. */
async function waitForExpiry(services: Services, accountId: string): Promise<void> {
  await eventually(async () => {
    const records = await services.auditRecords({ chain: accountId, after: 0, limit: 1_000 });
    const types = records.map(({ bytes }) => decodeRecord(bytes).type);
    return types.at(-1) === "hold.expired" ? true : null;
  }, { withinMs: HOLD_MS + SWEPT_WITHIN_MS + LOG_WITHIN_MS, what: "the end of the hold" });
}

async function inAFolder(work: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "holdfast_" });
  try {
    await work(join(folder, "holdfast.db"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
