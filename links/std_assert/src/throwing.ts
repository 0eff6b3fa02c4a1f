import { AssertionError, failure } from "./assertion_error.ts";
import { show } from "./show.ts";
import type { AnyClass } from "./simple.ts";

/** What is expected of an error: its class, and words that its message has in it. */
interface Expectation<E extends Error> {
  ErrorClass?: AnyClass<E>;
  messageIncludes?: string;
  own?: string;
}

/** The function throws. Returns what it threw: with a class named, an error of that class. */
export function assertThrows(run: () => unknown, message?: string): unknown;
export function assertThrows<E extends Error = Error>(
  run: () => unknown,
  ErrorClass: AnyClass<E>,
  messageIncludes?: string,
  message?: string,
): E;
export function assertThrows<E extends Error = Error>(
  run: () => unknown,
  classOrMessage?: AnyClass<E> | string,
  messageIncludes?: string,
  message?: string,
): E | unknown {
  const expected = expectation(classOrMessage, messageIncludes, message);
  try {
    run();
  } catch (error) {
    return checked(error, expected);
  }
  throw failure("Expected function to throw", expected.own);
}

/** The promise rejects. Resolves with what it rejected with. */
export function assertRejects(run: () => PromiseLike<unknown>, message?: string): Promise<unknown>;
export function assertRejects<E extends Error = Error>(
  run: () => PromiseLike<unknown>,
  ErrorClass: AnyClass<E>,
  messageIncludes?: string,
  message?: string,
): Promise<E>;
export async function assertRejects<E extends Error = Error>(
  run: () => PromiseLike<unknown>,
  classOrMessage?: AnyClass<E> | string,
  messageIncludes?: string,
  message?: string,
): Promise<E | unknown> {
  const expected = expectation(classOrMessage, messageIncludes, message);
  const running = started(run, expected);
  try {
    await running;
  } catch (error) {
    return checked(error, expected);
  }
  throw failure("Expected function to reject", expected.own);
}

function started<E extends Error>(
  run: () => PromiseLike<unknown>,
  { own }: Expectation<E>,
): PromiseLike<unknown> {
  let running: PromiseLike<unknown>;
  try {
    running = run();
  } catch {
    throw failure("Function throws when expected to reject", own);
  }
  if (typeof running?.then === "function") return running;
  throw failure("Expected function to return a promise", own);
}

function expectation<E extends Error>(
  classOrMessage?: AnyClass<E> | string,
  messageIncludes?: string,
  message?: string,
): Expectation<E> {
  if (typeof classOrMessage === "string") return { own: classOrMessage };
  return {
    ...(classOrMessage === undefined ? {} : { ErrorClass: classOrMessage }),
    ...(messageIncludes === undefined ? {} : { messageIncludes }),
    ...(message === undefined ? {} : { own: message }),
  };
}

function checked<E extends Error>(
  error: unknown,
  { ErrorClass, messageIncludes, own }: Expectation<E>,
): unknown {
  if (ErrorClass === undefined) return error;
  if (!(error instanceof Error)) {
    throw failure(`Expected an error, but ${show(error)} was thrown`, own);
  }
  if (!(error instanceof ErrorClass)) {
    const found = `${error.constructor.name}: ${error.message}`;
    // A failed assertion inside would otherwise be hidden behind the one about its class.
    if (error instanceof AssertionError) throw error;
    throw failure(`Expected error to be an instance of "${ErrorClass.name}", got "${found}"`, own);
  }
  if (messageIncludes !== undefined && !error.message.includes(messageIncludes)) {
    const text = `Expected error message to include ${show(messageIncludes)}, got ` +
      show(error.message);
    throw failure(text, own);
  }
  return error;
}
