const NONCHARACTER = /[\p{Noncharacter_Code_Point}]/u;

/** Whether a text has Unicode characters only: no lone surrogates, no noncharacters (RFC 7493, 2.1). */
export function isUnicode(text: string): boolean {
  return text.isWellFormed() && !NONCHARACTER.test(text);
}
