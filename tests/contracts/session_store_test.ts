import { assertEquals } from "@std/assert";
import { ALICE } from "../given.ts";
import { HOMES } from "./homes.ts";

for (const [name, open] of Object.entries(HOMES)) {
  Deno.test(`SessionStore on ${name}: a session is found by its digest until it is removed`, async () => {
    const { sessions, close } = await open();
    try {
      const session = {
        role: "player",
        accountId: ALICE,
        staffId: null,
        name: null,
        expiresAtMs: Date.now() + 60_000,
      } as const;
      await sessions.put("digest", session);
      assertEquals(await sessions.get("digest"), session);
      assertEquals(await sessions.get("another"), null);
      await sessions.remove("digest");
      assertEquals(await sessions.get("digest"), null);
    } finally {
      await close();
    }
  });
}
