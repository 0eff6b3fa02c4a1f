import type { Bug } from "./bug.ts";
import { BUGS_OF_CHECKPOINTS } from "./bugs_of_checkpoints.ts";
import { BUGS_OF_MARKETS } from "./bugs_of_markets.ts";
import { BUGS_OF_MONEY } from "./bugs_of_money.ts";
import { BUGS_OF_STORING } from "./bugs_of_storing.ts";

/** Every bug that the simulation must find. */
export const BUGS: readonly Bug[] = [
  ...BUGS_OF_MONEY,
  ...BUGS_OF_MARKETS,
  ...BUGS_OF_STORING,
  ...BUGS_OF_CHECKPOINTS,
];
