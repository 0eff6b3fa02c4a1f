/**
 * Building an application and serving it while it is being written.
 * @module
 */
export { Builder, type BuildOptions } from "./src/dev/builder.ts";
