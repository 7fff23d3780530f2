/**
 * A sum that numbers can be added to and taken from again without error: it keeps non-overlapping partial sums
 * (Shewchuk 1997, as in Python's `math.fsum`), so that the order of events and what has left the window do not show.
 */
export class ExactSum {
  #partials: number[] = [];

  add(value: number): void {
    let x = value;
    const partials: number[] = [];
    for (const partial of this.#partials) {
      const [large, small] = Math.abs(x) < Math.abs(partial) ? [partial, x] : [x, partial];
      const high = large + small;
      const low = small - (high - large);
      if (low !== 0) partials.push(low);
      x = high;
    }
    if (x !== 0) partials.push(x);
    this.#partials = partials;
  }

  get value(): number {
    // From the largest down the first inexact step decides; half-way cases may be off by one unit in the last place.
    return this.#partials.reduceRight((sum, partial) => sum + partial, 0);
  }
}
