import type { Problem } from "./problem.ts";

/** Another request was made under the same id. */
export const MISMATCH: Problem = {
  slug: "idempotency-mismatch",
  detail:
    "This Idempotency-Key was used before for a different request. Nothing was changed now. " +
    "Repeat the first request as it was, or send this one under a new key.",
};

/** There is no such market. */
export const NO_SUCH_MARKET: Problem = {
  slug: "not-found",
  detail: "There is no market with this id. Nothing was changed.",
};

/** Certainly nothing happened. */
export const CONTENDED: Problem = {
  slug: "contended",
  detail: "Too much was going on at once, so we did not do this. Nothing was charged. " +
    "Send the same request again in a moment.",
};

/** It may have happened: never to be told as a refusal. */
export const OUTCOME_UNKNOWN: Problem = {
  slug: "outcome-unknown",
  detail:
    "We lost the answer, so what you asked for may have been done, and a stake taken or held, or " +
    "not. Send the same request again with the same Idempotency-Key, or GET /api/requests/ " +
    "followed by the key: either tells what became of it, and it cannot be done twice.",
};

/** An unexpected failure. `mayHaveActed`: the request was one that changes things. */
export function internalProblem(mayHaveActed: boolean): Problem {
  return {
    slug: "internal",
    detail: mayHaveActed
      ? "Something failed on our side before we could answer. If you were placing a bet, we do not " +
        "know yet whether it was taken: send the same request again with the same Idempotency-Key " +
        "and you will be told. It cannot be placed twice."
      : "Something failed on our side while we looked this up. Nothing was changed. Try again in a " +
        "moment, and quote the request id to support if it stays.",
  };
}

/** No route has this address. */
export const NO_SUCH_ADDRESS: Problem = {
  slug: "not-found",
  detail:
    "There is nothing at this address. Nothing was changed. GET /openapi.json lists what there is.",
};

/** The address answers other methods; the Allow header names them. */
export const METHOD_NOT_ALLOWED: Problem = {
  slug: "method-not-allowed",
  detail: "This address does not answer that method. Nothing was changed. The Allow header names " +
    "those that it does.",
};

/** The store does not answer, or the process is stopping. */
export const NOT_READY: Problem = {
  slug: "not-ready",
  detail:
    "Holdfast is stopping, or its store does not answer, so nothing was done and nothing was " +
    "charged. Try again in a moment.",
};

/** The same, of a market. */
export const CHANGE_UNKNOWN: Problem = {
  slug: "outcome-unknown",
  detail:
    "We lost the answer, so the market may have been changed, or not. Send the same request " +
    "again with the same Idempotency-Key: it tells what became of it, and is not done twice.",
};
