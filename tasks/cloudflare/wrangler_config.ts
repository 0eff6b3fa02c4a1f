import { evaluate, parse } from "@humanwhocodes/momoa";

/** What the project uses of wrangler's configuration; https://developers.cloudflare.com/workers/wrangler/configuration/ */
export interface WranglerConfig {
  readonly name: string;
  readonly compatibility_date: string;
  readonly compatibility_flags: readonly string[];
  readonly vars?: Readonly<Record<string, string>>;
  readonly assets: { readonly binding: string };
  readonly durable_objects?: {
    readonly bindings: readonly { readonly name: string; readonly class_name: string }[];
  };
  readonly migrations?: readonly {
    readonly tag: string;
    readonly new_sqlite_classes?: readonly string[];
  }[];
  readonly queues?: {
    readonly producers?: readonly { readonly binding: string; readonly queue: string }[];
    readonly consumers?: readonly QueueConsumer[];
  };
  readonly d1_databases?: readonly D1Database[];
  readonly kv_namespaces?: readonly { readonly binding: string; readonly id: string }[];
}

/** How a queue's messages come to the worker. */
export interface QueueConsumer {
  readonly queue: string;
  readonly max_batch_size?: number;
  /** In seconds. */
  readonly max_batch_timeout?: number;
  readonly max_retries?: number;
  readonly dead_letter_queue?: string;
}

/** A database and the folder of its migrations, which run in the order of their names. */
export interface D1Database {
  readonly binding: string;
  readonly database_name: string;
  readonly database_id: string;
  readonly migrations_dir: string;
}

const FILE = new URL("../../wrangler.jsonc", import.meta.url);

/** Reads `wrangler.jsonc`: what is bound locally is what is bound on Cloudflare. */
export async function readWranglerConfig(file: URL | string = FILE): Promise<WranglerConfig> {
  const config: unknown = evaluate(parse(await Deno.readTextFile(file), { mode: "jsonc" }));
  return config as WranglerConfig;
}

/** The classes that the worker has to export, each once. */
export function objectClasses(config: WranglerConfig): readonly string[] {
  const names = config.durable_objects?.bindings.map(({ class_name }) => class_name) ?? [];
  return [...new Set(names)];
}
