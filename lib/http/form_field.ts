/** Where a form's text ends: the forms of the pages are a few fields. */
const LONGEST_FORM = 4_096;

/** One field of a submitted form; null when there is none, or the body is not a form. */
export async function readFormField(request: Request, name: string): Promise<string | null> {
  const isForm = request.headers.get("content-type")?.startsWith(FORM) ?? false;
  if (!isForm || Number(request.headers.get("content-length") ?? 0) > LONGEST_FORM) return null;
  return new URLSearchParams(await request.text()).get(name);
}

const FORM = "application/x-www-form-urlencoded";
