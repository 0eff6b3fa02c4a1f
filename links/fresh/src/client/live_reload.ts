import { ALIVE_URL } from "../shared/live_reload.ts";

// The server sends its own number when a page connects. A page that meets another number after a
// reconnection is of an older server, and fetches itself again.
let seen: string | null = null;
const base = new URL(import.meta.url).pathname.split("/_fresh/", 1)[0] ?? "";
const events = new EventSource(base + ALIVE_URL);
events.addEventListener("message", ({ data }) => {
  if (seen !== null && seen !== data) location.reload();
  seen = data;
});
