import { assertEquals } from "@std/assert";
import { readFormField } from "../../lib/http/form_field.ts";

function form(body: string, type = "application/x-www-form-urlencoded"): Request {
  return new Request("http://localhost/", {
    method: "POST",
    headers: { "content-type": type },
    body,
  });
}

Deno.test("readFormField() reads one field of a form", async () => {
  assertEquals(await readFormField(form("role=player&name=A+%26+B"), "name"), "A & B");
  assertEquals(await readFormField(form("role=player"), "name"), null);
});

Deno.test("readFormField() reads nothing that is not a form, or too long for one", async () => {
  assertEquals(await readFormField(form("role=player", "text/plain"), "role"), null);
  assertEquals(await readFormField(form(`role=${"a".repeat(9_000)}`), "role"), null);
});
