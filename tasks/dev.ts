/**
 * `deno task dev`: serves the site for working on it. Deno restarts this process when a file that it
 * imports changes, and open pages then fetch themselves again.
 * @module
 */
import { Builder } from "fresh/dev";
import type { State } from "../define.ts";
import { buildIfStale } from "./build.ts";

await buildIfStale();
const port = Number(Deno.env.get("PORT") ?? 8000);
const root = new URL("../", import.meta.url).href;
await new Builder<State>({ root }).listen(() => import("../main.ts"), { port });
