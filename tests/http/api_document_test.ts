import { assertEquals } from "@std/assert";
import { PROBLEMS, type ProblemSlug } from "../../lib/http/problem.ts";

Deno.test("docs/api.md lists every kind of problem with its status", async () => {
  const text = await Deno.readTextFile(new URL("../../docs/api.md", import.meta.url));
  const listed = [...text.matchAll(/^\| `([a-z-]+)` +\| (\d{3}) /gm)]
    .map(([, slug, status]) => [slug, Number(status)]);
  const slugs = Object.keys(PROBLEMS) as ProblemSlug[];
  assertEquals(listed.toSorted(), slugs.map((slug) => [slug, PROBLEMS[slug].status]).toSorted());
});
