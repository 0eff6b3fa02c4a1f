import { bearer, BET, HOME, openSite, type Site } from "./site.ts";

/** The selection that tests hold a stake on. */
export const HOME_REF = { marketId: "match", selectionId: HOME.id };

/** Reads an address of the API as the owner of a token. */
export async function read(site: Site, path: string, token: string) {
  const response = await site.fetch(path, { headers: bearer(token) });
  return await response.json();
}

/** "409 hold-active": a status with the last part of the problem's type, "undefined" for none. */
export async function slugOf(response: Response): Promise<string> {
  return `${response.status} ${(await response.json()).type?.replace("urn:holdfast:problem:", "")}`;
}

/** A site with a player, and what they can do with holds; each request has a key of its own. */
export async function openHolds() {
  const site = openSite();
  const token = await site.signIn("player");
  let keys = 0;
  const key = () => `key-${++keys}`;
  return {
    site,
    token,
    authorise: (asked: { body?: unknown; key?: string; token?: string } = {}) =>
      site.post("/api/holds", { token, key: key(), body: BET, ...asked }),
    confirm: (id: string, asked: { key?: string; token?: string; body?: unknown } = {}) =>
      site.post(`/api/holds/${id}/confirm`, { token, key: key(), ...asked }),
    release: (id: string, asked: { key?: string; token?: string; body?: unknown } = {}) =>
      site.post(`/api/holds/${id}/void`, { token, key: key(), ...asked }),
    account: () => read(site, "/api/account", token),
    exposure: async () => (await site.services.exposures([HOME_REF]))[0],
  };
}
