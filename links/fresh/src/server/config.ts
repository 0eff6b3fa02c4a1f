/** What an application may set. */
export interface FreshConfig {
  /** The path that all routes begin with: `"/shop"`. Default: none. */
  basePath?: string;
  mode?: "development" | "production";
}

/** The configuration with its defaults filled in. */
export interface ResolvedFreshConfig {
  root: string;
  basePath: string;
  mode: "development" | "production";
}
