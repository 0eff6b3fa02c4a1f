/**
 * The full-cover bets by the names the field has for them: so many legs, and a line for every way to
 * take at least `smallestFold` of them. A Canadian is also called a Super Yankee.
 */
export const FULL_COVER = {
  trixie: { legs: 3, smallestFold: 2 },
  patent: { legs: 3, smallestFold: 1 },
  yankee: { legs: 4, smallestFold: 2 },
  lucky_15: { legs: 4, smallestFold: 1 },
  canadian: { legs: 5, smallestFold: 2 },
  lucky_31: { legs: 5, smallestFold: 1 },
  heinz: { legs: 6, smallestFold: 2 },
  lucky_63: { legs: 6, smallestFold: 1 },
  super_heinz: { legs: 7, smallestFold: 2 },
  goliath: { legs: 8, smallestFold: 2 },
} as const;

/** The name of a full-cover bet. */
export type FullCover = keyof typeof FULL_COVER;

/**
 * How the legs of a bet stand together. An accumulator is one line of all legs (a single when there is
 * one); folds are a line for every way to take `foldSize` of them (1: singles, 2: doubles, …).
 */
export type BetType =
  | { readonly kind: "accumulator" }
  | { readonly kind: "folds"; readonly foldSize: number }
  | { readonly kind: "full_cover"; readonly name: FullCover };

/** No bet has more legs. */
export const MAX_LEGS = 20;

/** How many legs a bet of this type can have; both are equal where the type fixes the number. */
export function legLimits(
  type: BetType,
): { readonly leastLegs: number; readonly mostLegs: number } {
  switch (type.kind) {
    case "accumulator":
      return { leastLegs: 1, mostLegs: MAX_LEGS };
    case "folds":
      return { leastLegs: type.foldSize, mostLegs: MAX_LEGS };
    case "full_cover": {
      const { legs } = FULL_COVER[type.name];
      return { leastLegs: legs, mostLegs: legs };
    }
  }
}

/** How many legs the smallest and the largest line have. There are lines of every size between. */
export function foldSizes(
  type: BetType,
  legCount: number,
): { readonly smallest: number; readonly largest: number } {
  switch (type.kind) {
    case "accumulator":
      return { smallest: legCount, largest: legCount };
    case "folds":
      return { smallest: type.foldSize, largest: type.foldSize };
    case "full_cover":
      return { smallest: FULL_COVER[type.name].smallestFold, largest: legCount };
  }
}
