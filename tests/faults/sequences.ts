/** All sequences of `length` items: for three of five, 125. */
export function sequences<Item>(items: readonly Item[], length: number): readonly Item[][] {
  if (length === 0) return [[]];
  return sequences(items, length - 1).flatMap((shorter) => items.map((item) => [...shorter, item]));
}
