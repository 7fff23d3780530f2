interface Leading {
  numbers: number[];
  /** Whether the version has nothing else. */
  whole: boolean;
}

/**
 * The order of two versions by the numbers they begin with, which is the same in every ecosystem; undefined where the
 * difference, if any, comes later.
 */
export function leadingOrder(a: string, b: string): number | undefined {
  const one = read(a);
  const other = read(b);
  if (!one || !other) return undefined;
  const length = one.whole && other.whole ? Math.max(one.numbers.length, other.numbers.length) : shorter(one, other);
  for (let k = 0; k < length; k += 1) {
    const difference = (one.numbers[k] ?? 0) - (other.numbers[k] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return one.whole && other.whole ? 0 : undefined;
}

function shorter(a: Leading, b: Leading): number {
  return Math.min(a.whole ? Infinity : a.numbers.length, b.whole ? Infinity : b.numbers.length);
}

function read(text: string): Leading | undefined {
  const found = /^v?(\d+(?:\.\d+){0,7})([\w.*+~!-]*)$/.exec(text);
  if (!found) return undefined;
  const [, numbers = '', rest = ''] = found;
  return { numbers: numbers.split('.').map(Number), whole: rest === '' };
}
