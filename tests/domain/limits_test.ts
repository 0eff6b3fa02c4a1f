import { assertEquals, assertThrows } from "@std/assert";
import { withLimits } from "../../lib/domain/limits.ts";
import { MATCH } from "../given.ts";

Deno.test("withLimits() sets the caps it names, keeps the others, and goes one version on", () => {
  const market = withLimits(MATCH, [{ selectionId: "away", liabilityCapMinor: 5 }]);
  assertEquals(market.version, MATCH.version + 1);
  assertEquals(market.selections.map(({ liabilityCapMinor }) => liabilityCapMinor), [
    MATCH.selections[0]?.liabilityCapMinor,
    5,
  ]);
});

Deno.test("withLimits() answers the very same market when the caps are so already", () => {
  const limits = MATCH.selections.map(({ id, liabilityCapMinor }) => ({
    selectionId: id,
    liabilityCapMinor,
  }));
  assertEquals(withLimits(MATCH, limits) === MATCH, true);
  assertEquals(withLimits(MATCH, []) === MATCH, true);
});

Deno.test("withLimits() throws for a selection that the market does not have", () => {
  assertThrows(() => withLimits(MATCH, [{ selectionId: "draw", liabilityCapMinor: 5 }]));
});
