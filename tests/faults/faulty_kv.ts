/**
 * How a commit to Deno KV is to end: answered, thrown away before or after it was stored, turned away
 * by another writer's lock, or stored and then answered as its resend over a network would be.
 */
export type KvFate = "commits" | "throwsBefore" | "throwsAfter" | "locked" | "resent";

/** Every way for a commit to end. */
export const KV_FATES: readonly KvFate[] = [
  "commits",
  "throwsBefore",
  "throwsAfter",
  "locked",
  "resent",
];

/**
 * A real database whose atomic commits end as told: `fates` come first come first served, and after
 * them all goes well.
 */
export function faulty(kv: Deno.Kv, fates: KvFate[]): Deno.Kv {
  return new Proxy(kv, {
    get(target, member) {
      if (member === "atomic") return () => faultyAtomic(target.atomic(), fates);
      return bound(target, member);
    },
  });
}

function faultyAtomic(atomic: Deno.AtomicOperation, fates: KvFate[]): Deno.AtomicOperation {
  const proxy: Deno.AtomicOperation = new Proxy(atomic, {
    get(target, member) {
      if (member === "commit") return () => commit(target, fates.shift() ?? "commits");
      const method: unknown = Reflect.get(target, member);
      if (typeof method !== "function") return method;
      // The operation answers itself, so that calls can be chained; it must stay the faulty one.
      return (...given: unknown[]) => {
        Reflect.apply(method, target, given);
        return proxy;
      };
    },
  });
  return proxy;
}

async function commit(
  atomic: Deno.AtomicOperation,
  fate: KvFate,
): Promise<Deno.KvCommitResult | Deno.KvCommitError> {
  if (fate === "locked") throw new TypeError("database is locked");
  if (fate === "throwsBefore") throw new TypeError("connection reset before the request was sent");
  const result = await atomic.commit();
  if (fate === "throwsAfter") throw new TypeError("connection reset while waiting for the answer");
  if (fate === "resent") return { ok: false };
  return result;
}

function bound(target: Deno.Kv, member: string | symbol): unknown {
  const method: unknown = Reflect.get(target, member);
  return typeof method === "function" ? method.bind(target) : method;
}
