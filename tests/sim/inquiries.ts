import type { Wish } from "./bets.ts";
import type { NO_ANSWER, SimulatedProcess } from "./simulated_process.ts";
import type { World } from "./world.ts";

/** Asks some process for something; text says that no answer came. */
export type Attempt = <Answer>(
  ask: (process: SimulatedProcess) => Promise<Answer | typeof NO_ANSWER>,
) => Promise<Answer | "failed" | "no answer">;

/** Looks a request up: what had its effect before the question must be found. */
export async function lookUp(world: World, wish: Wish, attempt: Attempt): Promise<void> {
  const { accountId, requestId } = wish;
  const { answers } = world.chains;
  const place = `${accountId} ${requestId}`;
  const before = answers.get(place);
  const found = await attempt((process) =>
    process.ask((services) => services.request(accountId, requestId))
  );
  if (typeof found === "string") return;
  const right = found ? found.seq === answers.get(place)?.seq : before === undefined;
  world.breaches.unless(right, () => `looking up ${place} found entry ${found?.seq}`);
}

/** Reads an account: what is answered was so at some moment between the question and the answer. */
export async function readAccount(
  world: World,
  accountId: string,
  attempt: Attempt,
): Promise<void> {
  const { newest, entries } = world.chains;
  const before = newest.get(accountId)?.seq ?? 0;
  const state = await attempt((process) => process.ask((services) => services.account(accountId)));
  if (typeof state === "string") return;
  const now = newest.get(accountId)?.seq ?? 0;
  let right = false;
  for (let seq = before; seq <= now && !right; seq++) {
    const entry = entries.get(`${accountId} ${seq}`);
    right = state?.version === entry?.state.version &&
      state?.balanceMinor === entry?.state.balanceMinor;
  }
  world.breaches.unless(right, () => `reading ${accountId} found ${JSON.stringify(state)}`);
}
