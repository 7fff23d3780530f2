/** Every order in which these can come. */
export function orders<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((first, k) => orders(items.toSpliced(k, 1)).map((rest) => [first, ...rest]));
}
