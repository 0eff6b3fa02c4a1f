import { assert, assertEquals } from "@std/assert";
import { withServer } from "../browser/running_server.ts";
import { SeededRandom } from "../sim/seeded_random.ts";
import { drawHistory, Teller } from "./told_history.ts";

const STEPS = 400;

/** How long the log may take to have everything, and how far apart the looks are. */
const LOG_MS = 20_000;
const LOOK_MS = 100;

const MARKET = "saltmarsh-1430.winner";

Deno.test("both homes answer a random history alike, word for word, and log the same", async () => {
  const seed = Number(Deno.env.get("HOLDFAST_SEED") ?? Math.floor(Math.random() * 2 ** 32));
  console.log(`HOLDFAST_SEED=${seed} draws this history again`);
  const history = drawHistory(new SeededRandom(seed), STEPS);
  await withServer((deno) =>
    withServer(async (workerd) => {
      const [here, there] = [new Teller(deno), new Teller(workerd)];
      await Promise.all([here.begin(), there.begin()]);
      const answers = new Set<string>();
      for (const [number, step] of history.entries()) {
        const [expected, actual] = await Promise.all([
          here.tell(number, step),
          there.tell(number, step),
        ]);
        assertEquals(actual, expected, `seed ${seed}, step ${number}: ${JSON.stringify(step)}`);
        answers.add(`${step.method} ${expected.status}`);
      }
      // The history was one: things were taken, refused and asked again.
      for (const met of ["POST 201", "POST 409", "POST 200", "GET 200"]) {
        assert(answers.has(met), `seed ${seed} met only ${[...answers]}`);
      }
      for (const [index, accountId] of here.accountIds.entries()) {
        await assertSameRecords(here, there, {
          here: `accountId=${accountId}`,
          there: `accountId=${there.accountIds[index]}`,
          seed,
        });
      }
      const query = `marketId=${MARKET}`;
      await assertSameRecords(here, there, { here: query, there: query, seed });
    }, { home: "workerd" }), { home: "deno" });
});

/** Waits until both logs stand still, and compares what they say of one chain. */
async function assertSameRecords(
  here: Teller,
  there: Teller,
  asked: { readonly here: string; readonly there: string; readonly seed: number },
): Promise<void> {
  const untilMs = performance.now() + LOG_MS;
  let expected = await here.records(asked.here);
  let actual = await there.records(asked.there);
  let before = -1;
  while (performance.now() < untilMs) {
    if (expected.length === actual.length && expected.length === before) break;
    before = expected.length;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    expected = await here.records(asked.here);
    actual = await there.records(asked.there);
  }
  assert(expected.length > 2, "there is something to compare");
  assertEquals(actual, expected, `seed ${asked.seed}: the records of ${asked.here}`);
}
