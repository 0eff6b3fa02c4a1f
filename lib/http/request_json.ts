import * as z from "zod";
import { BetJson } from "./bet_json.ts";
import { Instant, RequestId } from "./field_schemas.ts";
import { ProblemJson } from "./problem_json.ts";

/** What became of a request, in an answer. */
export const RequestJson = z.object({
  requestId: RequestId,
  status: z.enum(["accepted", "refused"]),
  bet: BetJson.optional().meta({ description: "The bet, when it was accepted." }),
  problem: ProblemJson.optional().meta({ description: "Why, when it was refused." }),
  decidedAt: Instant,
}).meta({ id: "Request" });
