/** The most moments (milliseconds) that lie in any window of that length, both ends open like the budget's. */
export function mostWithin(moments: number[], windowMs: number): number {
  const sorted = moments.toSorted((a, b) => a - b);
  let most = 0;
  let from = 0;
  for (const [k, at] of sorted.entries()) {
    while ((sorted[from] ?? at) <= at - windowMs) from += 1;
    most = Math.max(most, k - from + 1);
  }
  return most;
}
