/**
 * Takes the kinds of a closed union in the order in which they win, strongest first. That one is
 * missing is a type error, which names it.
 */
export function rankingOf<Kind extends string>() {
  return <const Order extends readonly Kind[]>(
    order: Order & EveryKind<Exclude<Kind, Order[number]>>,
  ): Order => order;
}

type EveryKind<Missing extends string> = [Missing] extends [never] ? unknown
  : { readonly missing: Missing };

/** The strongest by a ranking; of two of one kind, the earlier in the list. Null for none. */
export function strongestBy<Ranked extends { readonly kind: string }>(
  ranking: readonly Ranked["kind"][],
  all: readonly Ranked[],
): Ranked | null {
  for (const kind of ranking) {
    const found = all.find((one) => one.kind === kind);
    if (found) return found;
  }
  return null;
}
