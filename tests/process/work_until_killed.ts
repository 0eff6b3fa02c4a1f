import type { RunningServer } from "../browser/running_server.ts";
import type { Customer } from "./customer.ts";
import { decides } from "./remembered.ts";

/** All customers work at once; when so many answers have come, and a moment later, the server is killed. */
export async function workUntilKilled(
  server: RunningServer,
  customers: readonly Customer[],
  kill: { readonly answers: number; readonly afterMs: number },
): Promise<void> {
  let answers = 0;
  const killed = Promise.withResolvers<void>();
  const work = customers.map((customer) =>
    customer.work({
      urls: [server.url],
      goOn: () => server.isRunning,
      heard: ([answer]) => {
        if (!answer || !decides(answer) || ++answers !== kill.answers) return;
        setTimeout(() => killed.resolve(server.kill()), kill.afterMs);
      },
    })
  );
  // Whichever customer fails says so, also while the server lives.
  await Promise.race([killed.promise, Promise.all(work)]);
  await Promise.all([killed.promise, ...work]);
}
