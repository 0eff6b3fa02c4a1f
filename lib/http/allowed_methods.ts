import { OPERATIONS } from "./operations.ts";

/** The methods that an address of the API answers, for the Allow header; null for no such address. */
export function allowedMethods(pathname: string): string | null {
  const methods = OPERATIONS.filter(({ path }) => matches(path, pathname)).map(({ method }) =>
    method
  );
  if (methods.length === 0) return null;
  return [
    ...(methods.includes("get") ? ["GET", "HEAD"] : []),
    ...(methods.includes("post") ? ["POST"] : []),
    "OPTIONS",
  ].join(", ");
}

function matches(template: string, pathname: string): boolean {
  const asked = pathname.split("/");
  const segments = template.split("/");
  return asked.length === segments.length &&
    segments.every((segment, index) =>
      segment.startsWith("{") ? asked[index] !== "" : segment === asked[index]
    );
}
