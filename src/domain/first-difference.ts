/** How the first parts that differ stand to each other, -1 to 1; 0 when none do. A list that has ended has undefined there. */
export function firstDifference<Part>(
  one: readonly Part[],
  other: readonly Part[],
  compare: (a: Part | undefined, b: Part | undefined) => number,
): number {
  for (let k = 0; k < Math.max(one.length, other.length); k += 1) {
    const order = compare(one[k], other[k]);
    if (order !== 0) return Math.sign(order);
  }
  return 0;
}
