import * as z from "zod";

/** The roles that a demo session can have. */
export const RoleJson = z.enum(["player", "trader", "auditor"], {
  error: 'role is "player", "trader" or "auditor".',
});

/** The body that starts a demo session. */
export const StartSessionBody = z.strictObject({
  role: RoleJson,
  name: z.string({ error: "A name is text." }).trim().min(1).max(60, {
    error: "A name has at most 60 characters.",
  }).optional().meta({ description: "What the caller wants to be called." }),
}, { error: "The body is an object." }).meta({ id: "StartSession" });

/** A demo session that was started. */
export const StartedSessionJson = z.object({
  token: z.string().meta({ description: "Send it as `Authorization: Bearer <token>`." }),
  accountId: z.string().optional().meta({ description: "The new player's account." }),
  role: RoleJson,
}).meta({ id: "StartedSession" });
