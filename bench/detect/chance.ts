/** Numbers that look like chance and are the same for the same seed on every machine. */
export interface Chance {
  /** A whole number from 0 to below `n`. */
  below(n: number): number;
  pick<T>(of: readonly T[]): T;
  /** One of the first entry's values; a weight says how often, compared to the others'. */
  weighted<T>(of: readonly (readonly [weight: number, value: T])[]): T;
  hex(digits: number): string;
  guid(): string;
}

/** Mulberry32, by Tommy Ettinger (public domain). */
export function chance(seed: number): Chance {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (n: number) => Math.floor((next() / 2 ** 32) * n);
  const hex = (digits: number): string => {
    let text = '';
    while (text.length < digits) text += next().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  };
  return {
    below,
    hex,
    pick: <T>(of: readonly T[]) => of[below(of.length)] as T,
    weighted: <T>(of: readonly (readonly [number, T])[]) => {
      let left = below(of.reduce((sum, [weight]) => sum + weight, 0));
      for (const [weight, value] of of) {
        left -= weight;
        if (left < 0) return value;
      }
      throw new Error('nothing to choose from');
    },
    guid: () => [8, 4, 4, 4, 12].map(hex).join('-'),
  };
}
