/** Whether two plain values say the same; a member that is undefined is the same as none. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Members;
  const right = b as Members;
  for (const member in left) if (!same(left[member], right[member])) return false;
  for (const member in right) {
    if (right[member] !== undefined && left[member] === undefined) return false;
  }
  return true;
}

interface Members {
  readonly [member: string]: unknown;
}
