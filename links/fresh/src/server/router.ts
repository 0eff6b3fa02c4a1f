import type { Method } from "./handlers.ts";

/** What the router knows about a request. */
export interface Match<Step> {
  /** The matched pattern, or null. */
  pattern: string | null;
  params: Record<string, string>;
  /** What to run, or null when no route answers this path with this method. */
  steps: Step[] | null;
  /** The methods that the pattern answers. */
  allowed: Method[];
}

type StepsByMethod<Step> = Map<Method, Step[]>;

const PATTERN_CHARACTERS = /[*:{}+?()]/;

/** Finds routes: exact paths first, then patterns in the order they were added. */
export class Router<Step> {
  readonly #exact = new Map<string, StepsByMethod<Step>>();
  readonly #patterns = new Map<string, { matcher: URLPattern; steps: StepsByMethod<Step> }>();

  add(method: Method, pattern: string, steps: Step[]): void {
    const byMethod = this.#stepsOf(pattern);
    byMethod.set(method, [...byMethod.get(method) ?? [], ...steps]);
  }

  match(method: Method, url: URL): Match<Step> {
    const exact = this.#exact.get(url.pathname);
    if (exact) return found(url.pathname, {}, exact, method);
    for (const [pattern, { matcher, steps }] of this.#patterns) {
      const result = matcher.exec({ pathname: url.pathname });
      if (result) return found(pattern, decoded(result.pathname.groups), steps, method);
    }
    return { pattern: null, params: {}, steps: null, allowed: [] };
  }

  #stepsOf(pattern: string): StepsByMethod<Step> {
    if (!PATTERN_CHARACTERS.test(pattern)) {
      const known = this.#exact.get(pattern);
      if (known) return known;
      const steps: StepsByMethod<Step> = new Map();
      this.#exact.set(pattern, steps);
      return steps;
    }
    const known = this.#patterns.get(pattern);
    if (known) return known.steps;
    const steps: StepsByMethod<Step> = new Map();
    this.#patterns.set(pattern, { matcher: new URLPattern({ pathname: pattern }), steps });
    return steps;
  }
}

function found<Step>(
  pattern: string,
  params: Record<string, string>,
  byMethod: StepsByMethod<Step>,
  method: Method,
): Match<Step> {
  const steps = byMethod.get(method) ?? (method === "HEAD" ? byMethod.get("GET") : undefined);
  return { pattern, params, steps: steps ?? null, allowed: [...byMethod.keys()] };
}

function decoded(groups: Record<string, string | undefined>): Record<string, string> {
  const params: Record<string, string> = Object.create(null);
  for (const [name, value = ""] of Object.entries(groups)) params[name] = decodeOrKeep(value);
  return params;
}

// An address like "/%E0%A4%A" is a visitor's mistake, not ours: it must not become a 500.
function decodeOrKeep(value: string): string {
  try {
    return decodeURI(value);
  } catch {
    return value;
  }
}
