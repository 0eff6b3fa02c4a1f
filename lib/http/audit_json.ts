import * as z from "zod";
import { HexDigest, Id, Instant } from "./field_schemas.ts";

const Members = z.object({
  seq: z.int().min(1).meta({
    description: "The record's place in the log: 1, 2, 3, … without gaps.",
  }),
  id: z.string(),
  at: Instant,
  type: z.string().meta({ examples: ["bet.placed", "bet.refused"] }),
  accountId: z.string().nullable().meta({ description: "Null in a record of a market." }),
  accountSeq: z.int().min(1).nullable().meta({
    description: "The account's own number, without gaps; null in a record of a market.",
  }),
  marketId: z.string().optional().meta({ description: "In a record of a market only." }),
  marketSeq: z.int().min(1).optional().meta({
    description: "The market's own number, without gaps; in a record of a market only.",
  }),
  actor: z.string(),
  requestId: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});

/** A record of the log in an answer. */
export const AuditRecordJson = Members.extend({
  hash: HexDigest.meta({
    description: "SHA-256 over the 32 bytes of previousHash followed by entry in UTF-8.",
  }),
  previousHash: HexDigest.meta({
    description: "The hash before; 64 zeros before the first record.",
  }),
  entry: z.string().meta({ description: "The exact text that is stored and hashed." }),
}).meta({ id: "AuditRecord" });

/** Where the log ends, in an answer. */
export const AuditHeadJson = z.object({
  size: z.int().min(0).meta({ description: "How many records the log has." }),
  hash: HexDigest,
}).meta({ id: "AuditHead" });

/** A page of the log, in its order, with the head as it was just after. */
export const AuditRecordsJson = z.object({
  records: z.array(AuditRecordJson),
  head: AuditHeadJson,
});

/** The query of a page of the log. */
export const AuditQuery = z.strictObject({
  accountId: Id.optional().meta({ description: "Only the records of this account." }),
  marketId: Id.optional().meta({
    description: "Only the records of this market; not together with accountId.",
  }),
  after: z.string().regex(/^[0-9]{1,15}$/, { error: "after is the seq of a record, or 0." })
    .transform(Number).default(0).meta({
      description: "Only records whose seq is above this. Default: 0.",
    }),
  limit: z.string().regex(/^(?:[1-9][0-9]{0,2}|1000)$/, {
    error: "limit is a whole number from 1 to 1000.",
  }).transform(Number).default(100).meta({
    description: "How many records a page has at most, from 1 to 1000. Default: 100.",
  }),
}).refine(({ accountId, marketId }) => accountId === undefined || marketId === undefined, {
  error: "A record is of an account or of a market: ask for one of them.",
  path: ["marketId"],
});

const decoder = new TextDecoder("utf-8", { fatal: true });

/** A record as an answer shows it, read from its stored bytes. Throws when they are not a record. */
export function auditRecordJson(
  stored: {
    readonly bytes: Uint8Array;
    readonly hash: Uint8Array;
    readonly hashBefore: Uint8Array;
  },
): z.output<typeof AuditRecordJson> {
  const entry = decoder.decode(stored.bytes);
  return {
    ...Members.parse(JSON.parse(entry)),
    hash: stored.hash.toHex(),
    previousHash: stored.hashBefore.toHex(),
    entry,
  };
}

/** A head as an answer shows it. */
export function auditHeadJson(
  head: { readonly size: number; readonly hash: Uint8Array },
): z.output<typeof AuditHeadJson> {
  return { size: head.size, hash: head.hash.toHex() };
}
