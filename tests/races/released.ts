import type * as fc from "fast-check";

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
      const call = `${name}.${String(member)}`;
      return async (...given: unknown[]) => {
        await scheduler.schedule(Promise.resolve(), `${call} arrives`);
        const reply: unknown = await Reflect.apply(method, target, given);
        return await scheduler.schedule(Promise.resolve(reply), `${call} answers`);
      };
    },
  });
}
