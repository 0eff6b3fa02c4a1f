import { SettingError } from "./settings.ts";

/**
 * Throws {@link SettingError} for the first of the names that an environment of Cloudflare does not
 * bind. The values themselves are the platform's, and are taken as it gives them.
 */
export function requireBindings(env: object, names: readonly string[]): void {
  const missing = names.find((name) => Reflect.get(env, name) === undefined);
  if (missing === undefined) return;
  throw new SettingError(`The binding ${missing} is missing: wrangler.jsonc has to name it.`);
}
