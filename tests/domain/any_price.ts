import * as fc from "fast-check";
import { MAX_PRICE, MAX_PRICE_DENOMINATOR, type Price, priceOf } from "../../lib/domain/price.ts";

/** Any price there can be, in lowest terms; small and huge ratios, coarse and fine ones. */
export const anyPrice: fc.Arbitrary<Price> = fc
  .integer({ min: 1, max: MAX_PRICE_DENOMINATOR })
  .chain((den) =>
    fc.oneof(
      fc.integer({ min: den + 1, max: Math.max(den + 1, Math.min(den * 20, den * MAX_PRICE)) }),
      fc.integer({ min: den + 1, max: den * MAX_PRICE }),
    ).map((num) => priceOf(num, den))
  )
  .filter((price) => price !== null);
