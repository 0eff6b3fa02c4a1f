import { assertEquals, assertMatch } from "@std/assert";
import {
  PRICE_FORMATS,
  priceFormatCookie,
  priceFormatOf,
  priceText,
} from "../../lib/site/price_text.ts";

Deno.test("priceText() writes one price in each format", () => {
  const written = PRICE_FORMATS.map((format) => priceText({ num: 9, den: 4 }, format));
  assertEquals(written, ["2.25", "5/4", "+125"]);
});

Deno.test("priceFormatOf() reads the choice back from the cookie that keeps it", () => {
  for (const format of PRICE_FORMATS) {
    const [pair] = priceFormatCookie(format).split(";");
    assertEquals(priceFormatOf(`a=b; ${pair}; c=d`), format);
  }
});

Deno.test("priceFormatOf() is decimal without a choice and for a choice there is not", () => {
  assertEquals(priceFormatOf(null), "decimal");
  assertEquals(priceFormatOf("other=fractional"), "decimal");
  assertEquals(priceFormatOf("holdfast_price_format=roman"), "decimal");
});

Deno.test("priceFormatCookie() is for the whole site and not sent across sites", () => {
  assertMatch(priceFormatCookie("american"), /; Path=\/;.*SameSite=Lax$/);
});
