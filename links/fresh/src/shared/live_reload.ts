/** Where a page in development listens for the server's restart. */
export const ALIVE_URL = "/_fresh/alive";
