import * as z from "zod";
import { BetJson } from "./bet_json.ts";
import { Instant, RequestId } from "./field_schemas.ts";
import { HoldJson } from "./hold_json.ts";
import { ProblemJson } from "./problem_json.ts";

/** What became of a request, in an answer. */
export const RequestJson = z.object({
  requestId: RequestId,
  status: z.enum(["accepted", "refused"]),
  bet: BetJson.optional().meta({ description: "The bet, when one was placed or confirmed." }),
  hold: HoldJson.optional().meta({
    description: "The hold as it stands now, when one was authorised or given up.",
  }),
  problem: ProblemJson.optional().meta({ description: "Why, when it was refused." }),
  decidedAt: Instant,
  now: Instant.meta({ description: "The server's time, to tell how long a hold still runs." }),
}).meta({ id: "Request" });
