/**
 * What a generated `_fresh/server.js` imports. Not for applications.
 * @module
 */
export { applyDiskSnapshot, type DiskSnapshot } from "./src/server/snapshot.ts";
