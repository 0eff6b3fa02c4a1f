import type { MiniflareOptions, WorkerOptions } from "miniflare";
import { ASSETS, WORKER } from "./build.ts";
import { objectClasses, type QueueConsumer, type WranglerConfig } from "./wrangler_config.ts";

/** Where the local workerd listens, and what it keeps. */
export interface LocalHome {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  /** The folder of its state. */
  readonly state: string;
  /** Variables over those of the configuration. */
  readonly vars: Readonly<Record<string, string>>;
}

/** The files have a worker of their own, so that only requests for them take the way through it. */
const FILES = "holdfast-files";

/** What `wrangler.jsonc` says, as Miniflare takes it. */
export function miniflareOptions(config: WranglerConfig, home: LocalHome): MiniflareOptions {
  return {
    host: home.host,
    port: home.port,
    defaultPersistRoot: home.state,
    workers: [siteWorker(config, home.vars), filesWorker(config)],
  };
}

function siteWorker(config: WranglerConfig, vars: LocalHome["vars"]): WorkerOptions {
  const { durable_objects, queues, d1_databases = [], kv_namespaces = [], assets } = config;
  const sqlite = new Set(objectClasses(config));
  return {
    name: config.name,
    modules: [{ type: "ESModule", path: WORKER.pathname }],
    modulesRoot: new URL(".", WORKER).pathname,
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: [...config.compatibility_flags],
    bindings: { ...config.vars, ...vars },
    serviceBindings: { [assets.binding]: FILES },
    durableObjects: byName(durable_objects?.bindings, ({ name, class_name }) => [
      name,
      { className: class_name, useSQLite: sqlite.has(class_name) },
    ]),
    queueProducers: byName(queues?.producers, ({ binding, queue }) => [binding, queue]),
    queueConsumers: byName(queues?.consumers, (consumer) => [consumer.queue, delivery(consumer)]),
    d1Databases: byName(d1_databases, ({ binding, database_id }) => [binding, database_id]),
    kvNamespaces: byName(kv_namespaces, ({ binding, id }) => [binding, id]),
  };
}

function filesWorker({ compatibility_date }: WranglerConfig): WorkerOptions {
  return {
    name: FILES,
    modules: true,
    script: "export default {};",
    compatibilityDate: compatibility_date,
    assets: {
      directory: ASSETS.pathname,
      workerName: FILES,
      routerConfig: { has_user_worker: false },
      assetConfig: { html_handling: "none", not_found_handling: "none" },
    },
  };
}

function delivery(consumer: QueueConsumer) {
  const { max_batch_size, max_batch_timeout, max_retries, dead_letter_queue } = consumer;
  return {
    ...(max_batch_size === undefined ? {} : { maxBatchSize: max_batch_size }),
    ...(max_batch_timeout === undefined ? {} : { maxBatchTimeout: max_batch_timeout }),
    ...(max_retries === undefined ? {} : { maxRetries: max_retries }),
    ...(dead_letter_queue === undefined ? {} : { deadLetterQueue: dead_letter_queue }),
  };
}

function byName<Item, Value>(
  items: readonly Item[] | undefined,
  entry: (item: Item) => readonly [string, Value],
): Record<string, Value> {
  return Object.fromEntries((items ?? []).map(entry));
}
