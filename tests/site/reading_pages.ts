import { bearer, ORIGIN, type Site } from "../routes/site.ts";

/** A page's status and HTML, for a visitor or for the owner of a token. */
export async function read(site: Site, path: string, token?: string): Promise<[number, string]> {
  const response = await site.fetch(path, { headers: token ? bearer(token) : {} });
  return [response.status, await response.text()];
}

/** Submits a form of the site as a browser without JavaScript does. */
export function submit(site: Site, path: string, fields: Record<string, string>, cookie = "") {
  const headers = new Headers({ origin: ORIGIN, "sec-fetch-site": "same-origin" });
  if (cookie) headers.set("cookie", cookie);
  return site.fetch(path, { method: "POST", body: new URLSearchParams(fields), headers });
}

/** Places a bet of £1.00 and gives its id. */
export async function placedBetId(site: Site, token: string): Promise<string> {
  const response = await site.bet({ token });
  const { bet } = await response.json();
  return bet.id;
}

/** The text of a page, as it is read: without tags, scripts and entities. */
export function textOf(html: string): string {
  return html
    .replaceAll(/<script[\s\S]*?<\/script>/g, "")
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
