/** What a failed assertion throws. */
export class AssertionError extends Error {
  override name = "AssertionError";
}

/** The message, with the caller's own words after it. */
export function failure(message: string, own?: string): AssertionError {
  return new AssertionError(own === undefined ? message : `${message}: ${own}`);
}
