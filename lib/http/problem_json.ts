import * as z from "zod";
import { AmountMinor, Instant } from "./field_schemas.ts";
import { PriceDisplayJson, PriceJson } from "./price_json.ts";
import { PROBLEMS, type ProblemSlug, problemType } from "./problem.ts";

/** The kinds of problems, as a list. */
export const PROBLEM_SLUGS = Object.keys(PROBLEMS) as ProblemSlug[];

/** A problem document. `type`, `title`, `status` and `detail` are always there. */
export const ProblemJson = z.object({
  type: z.enum(PROBLEM_SLUGS.map(problemType)),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string().meta({ description: "Plain words for people." }),
  instance: z.string().optional().meta({
    description: "Names this occurrence; left out where repetitions get the same bytes.",
  }),
  errors: z.array(z.object({
    pointer: z.string().meta({ description: "JSON Pointer (RFC 6901) to what is wrong." }),
    detail: z.string(),
  })).optional(),
  availableMinor: AmountMinor.optional(),
  minStakeMinor: AmountMinor.optional(),
  maxStakeMinor: AmountMinor.optional(),
  quotedPrice: PriceJson.optional(),
  currentPrice: PriceJson.optional(),
  currentPriceDisplay: PriceDisplayJson.optional(),
  holdId: z.string().optional().meta({ description: "The hold that it is about." }),
  holdStatus: z.enum(["posted", "voided"]).optional().meta({
    description: "What became of the hold: a bet (posted), or nothing (voided).",
  }),
  expiresAt: Instant.optional().meta({ description: "When the hold runs out, or did." }),
}).meta({ id: "Problem", description: "RFC 9457. Tell problems apart by `type`." });
