import type * as fc from "fast-check";
import type { CallGate } from "../sim/fake_kv/call_gate.ts";

/** What answers in the same step, because it asks no store. */
const IMMEDIATE: readonly (string | symbol)[] = ["fits"];

/**
 * A port whose every call waits for the scheduler twice: before it does anything, as if it were on its
 * way to the store, and before its reply arrives. In between it is one step, as a store makes it.
 */
export function released<Port extends object>(
  scheduler: fc.Scheduler,
  name: string,
  port: Port,
): Port {
  return new Proxy(port, {
    get(target, member) {
      const method: unknown = Reflect.get(target, member);
      if (typeof method !== "function") return method;
      if (IMMEDIATE.includes(member)) return method.bind(target);
      const call = `${name}.${String(member)}`;
      return async (...given: unknown[]) => {
        await scheduler.schedule(Promise.resolve(), `${call} arrives`);
        const reply: unknown = await Reflect.apply(method, target, given);
        return await scheduler.schedule(Promise.resolve(reply), `${call} answers`);
      };
    },
  });
}

/** The same for a handle of a simulated database, once `scheduler` is there; until then all is straight. */
export class ReleasedGate implements CallGate {
  scheduler: fc.Scheduler | null = null;

  constructor(readonly name: string) {}

  async pass<Result>(kind: string, effect: () => Result): Promise<Result> {
    const { scheduler, name } = this;
    if (!scheduler) return effect();
    await scheduler.schedule(Promise.resolve(), `${name} ${kind} arrives`);
    const reply = effect();
    return await scheduler.schedule(Promise.resolve(reply), `${name} ${kind} answers`);
  }

  listen(): Promise<void> {
    return Promise.reject(new Error("nobody listens in a race"));
  }

  close(): void {}
}
