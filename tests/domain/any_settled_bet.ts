import type { LegResult } from "../../lib/domain/bet_returns.ts";
import type { BetTerms, PricedLeg } from "../../lib/domain/bet_terms.ts";
import { type BetType, FULL_COVER, type FullCover } from "../../lib/domain/bet_type.ts";
import type { LegOutcome } from "../../lib/domain/leg_outcome.ts";
import { type Price, priceOf } from "../../lib/domain/price.ts";
import type { SeededRandom } from "../sim/seeded_random.ts";

/** A bet and what became of each of its legs. */
export interface SettledBet {
  readonly terms: BetTerms;
  readonly results: readonly LegResult[];
}

const FULL_COVERS = Object.keys(FULL_COVER) as FullCover[];

/**
 * A bet of any type with any results, most as customers place them: singles and short accumulators at
 * usual prices, now and then a system, twenty legs, the finest price or the largest stake.
 */
export function anySettledBet(random: SeededRandom): SettledBet {
  const { type, legCount } = anyType(random);
  const eachWay = random.chance(0.3);
  const losing = random.pick([0, 0.05, 0.3]);
  const legs: PricedLeg[] = [];
  const results: LegResult[] = [];
  for (let leg = 0; leg < legCount; leg++) {
    legs.push({ price: anyPriceOf(random), placeFraction: random.pick(FRACTIONS) });
    results.push({ win: anyOutcome(random, losing), place: anyOutcome(random, losing) });
  }
  const terms: BetTerms = {
    type,
    legs,
    eachWay,
    unitStakeMinor: random.between(1, random.pick([20, 10_000, 100_000_000])),
    rounding: random.pick(["floor", "halfUp"]),
    maxPayoutMinor: random.pick([0, 1_000, 100_000_000, 1_000_000_000_000]),
  };
  return { terms, results };
}

const FRACTIONS = [{ num: 1, den: 4 }, { num: 1, den: 5 }, { num: 1, den: 3 }];

function anyType(random: SeededRandom): { readonly type: BetType; readonly legCount: number } {
  const kind = random.weighted({ single: 40, short: 40, long: 5, folds: 8, full_cover: 7 });
  switch (kind) {
    case "single":
      return { type: { kind: "accumulator" }, legCount: 1 };
    case "short":
      return { type: { kind: "accumulator" }, legCount: random.between(2, 6) };
    case "long":
      return { type: { kind: "accumulator" }, legCount: random.between(7, 20) };
    case "folds": {
      const legCount = random.between(1, 7);
      return { type: { kind: "folds", foldSize: random.between(1, legCount) }, legCount };
    }
    case "full_cover": {
      // The larger the rarer, as with customers; the largest has 247 lines.
      const name = FULL_COVERS[Math.min(random.below(10), random.below(10))] ?? "trixie";
      return { type: { kind, name }, legCount: FULL_COVER[name].legs };
    }
  }
}

function anyPriceOf(random: SeededRandom): Price {
  const den = random.pick([1, 2, 4, 8, 11, 100, 100, 1_000, 1_000_000]);
  const longest = random.pick([2, 5, 20, 10_000]);
  const price = priceOf(random.between(den + 1, den * longest), den);
  if (!price) throw new Error(`no price over ${den}`);
  return price;
}

function anyOutcome(random: SeededRandom, losing: number): LegOutcome {
  const voidFactor = random.chance(0.1) ? "1/2" : "0";
  if (random.chance(losing)) return { result: "lost", voidFactor };
  if (random.chance(0.05)) return { result: "void" };
  const tied = random.between(2, 5);
  const deadHeat = random.chance(0.1) ? { num: random.between(1, tied - 1), den: tied } : null;
  const rule4Pence = random.chance(0.1) ? random.between(1, 18) * 5 : 0;
  return { result: "won", voidFactor, deadHeat, rule4Pence };
}
