import type { Problem } from "./problem.ts";
import {
  internalProblem,
  METHOD_NOT_ALLOWED,
  NO_SUCH_ADDRESS,
  NOT_READY,
} from "./plain_problems.ts";

const CHANGES_NOTHING = new Set(["GET", "HEAD", "OPTIONS"]);

/** What an error on an API path is told as. `status` is what a router threw; null is unexpected. */
export function errorProblem(
  { status, method, pathname }: {
    readonly status: number | null;
    readonly method: string;
    readonly pathname: string;
  },
): Problem {
  if (status === 404) return NO_SUCH_ADDRESS;
  if (status === 405) return METHOD_NOT_ALLOWED;
  if (status === 503 || pathname === "/readyz") return NOT_READY;
  return internalProblem(!CHANGES_NOTHING.has(method));
}
