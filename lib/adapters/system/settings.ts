/** What the environment sets, checked. The README lists the variables. */
export interface Settings {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  /** A file path, ":memory:" or a KV Connect URL; null for the platform's own database. */
  readonly kv: string | null;
  /** Whether anybody may play with play money. */
  readonly demo: boolean;
}

/** A setting that cannot be used; its message is one line that names the setting. */
export class SettingError extends Error {
  override readonly name = "SettingError";
}

const DEFAULT_PORT = 8000;
const DEFAULT_HOST = "0.0.0.0";
const DEFAULT_KV = "data/holdfast.db";

/** Reads the settings from environment variables. Throws {@link SettingError} for the first bad one. */
export function readSettings(env: (name: string) => string | undefined): Settings {
  const hosted = env("DENO_DEPLOYMENT_ID") !== undefined;
  return {
    ...readAddress(env),
    kv: kvOf(env("HOLDFAST_KV"), { hosted }),
    demo: readDemo(env("HOLDFAST_DEMO"), { hosted }),
  };
}

/** Reads where to listen. Throws {@link SettingError} for what is no port or no address. */
export function readAddress(
  env: (name: string) => string | undefined,
): Pick<Settings, "port" | "host"> {
  return { port: portOf(env("PORT")), host: hostOf(env("HOLDFAST_HOST")) };
}

function portOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new SettingError(`PORT must be a number from 0 to 65535, not ${quoted(text)}.`);
  }
  return port;
}

function hostOf(text: string | undefined): string {
  if (text === undefined) return DEFAULT_HOST;
  if (!/^[0-9a-zA-Z.:-]+$/.test(text)) {
    throw new SettingError(
      `HOLDFAST_HOST must be a host name or an IP address, not ${quoted(text)}.`,
    );
  }
  return text;
}

function kvOf(text: string | undefined, where: { readonly hosted: boolean }): string | null {
  if (text === undefined) return where.hosted ? null : DEFAULT_KV;
  if (text.trim() === "") {
    throw new SettingError('HOLDFAST_KV must be a file path, ":memory:" or a URL; it is empty.');
  }
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new SettingError(
    `HOLDFAST_KV must be an http or https URL, or a path, not ${quoted(text)}.`,
  );
}

/**
 * Reads whether anybody may play: on a hosted platform it has to be asked for; elsewhere it is what a
 * first start shows. Throws {@link SettingError} for anything but "on" and "off".
 */
export function readDemo(
  text: string | undefined,
  where: { readonly hosted: boolean },
): boolean {
  if (text === undefined) return !where.hosted;
  if (text === "on") return true;
  if (text === "off") return false;
  throw new SettingError(`HOLDFAST_DEMO must be "on" or "off", not ${quoted(text)}.`);
}

/** A bad value as it may stand in one line, also when it holds a line break. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u2028\u2029]/g, " ");
}
