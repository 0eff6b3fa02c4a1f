/** The modules of the system under simulation. Types are those of the source beside us. */
export interface Engine {
  readonly audit: typeof import("../../lib/adapters/deno_kv/kv_audit_log.ts");
  readonly book: typeof import("../../lib/adapters/deno_kv/kv_book.ts");
  readonly ledger: typeof import("../../lib/adapters/deno_kv/kv_ledger.ts");
  readonly sessions: typeof import("../../lib/adapters/deno_kv/kv_sessions.ts");
  readonly wakeUp: typeof import("../../lib/adapters/deno_kv/wake_up.ts");
  readonly drainer: typeof import("../../lib/app/outbox_drainer.ts");
  readonly services: typeof import("../../lib/app/services.ts");
}

/** The source beside us. */
export const OUR_SOURCE = new URL("../../", import.meta.url);

/** Loads the system from a folder that has `lib/` in it: our own, or a copy with a bug in it. */
export async function loadEngine(folder: URL = OUR_SOURCE): Promise<Engine> {
  const load = async (path: string) => await import(new URL(path, folder).href);
  return {
    audit: await load("lib/adapters/deno_kv/kv_audit_log.ts"),
    book: await load("lib/adapters/deno_kv/kv_book.ts"),
    ledger: await load("lib/adapters/deno_kv/kv_ledger.ts"),
    sessions: await load("lib/adapters/deno_kv/kv_sessions.ts"),
    wakeUp: await load("lib/adapters/deno_kv/wake_up.ts"),
    drainer: await load("lib/app/outbox_drainer.ts"),
    services: await load("lib/app/services.ts"),
  };
}
