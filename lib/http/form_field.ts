import { readAtMost } from "./body_bytes.ts";

/** Where a form's text ends: the forms of the pages are a few fields. */
const LONGEST_FORM = 8_192;

/** The fields of a submitted form; null when the body is not a form of ours. It runs once a request. */
export async function readForm(request: Request): Promise<URLSearchParams | null> {
  const isForm = request.headers.get("content-type")?.startsWith(FORM) ?? false;
  const bytes = isForm ? await readAtMost(request, LONGEST_FORM) : null;
  return bytes && new URLSearchParams(new TextDecoder().decode(bytes));
}

/** One field of a submitted form; null when there is none, or the body is not a form. */
export async function readFormField(request: Request, name: string): Promise<string | null> {
  return (await readForm(request))?.get(name) ?? null;
}

const FORM = "application/x-www-form-urlencoded";
