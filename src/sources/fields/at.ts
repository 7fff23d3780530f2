/** The value at a dotted path of objects and array indexes, or undefined. Own properties only. */
export function at(value: unknown, path: string): unknown {
  let here: unknown = value;
  for (const key of path.split('.')) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** The text at a path, numbers included; undefined when it is empty or something else. */
export function textAt(value: unknown, path: string): string | undefined {
  const found = at(value, path);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found.trim() !== '' ? found : undefined;
}

/** The whole number from 0 to `most` at a path, also when it is written as text. */
export function wholeAt(value: unknown, path: string, most = Number.MAX_SAFE_INTEGER): number | undefined {
  const text = textAt(value, path);
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isSafeInteger(number) && number >= 0 && number <= most ? number : undefined;
}

/** The items of the array at a path, at most 200, or none. */
export function listAt(value: unknown, path: string): unknown[] {
  const found = at(value, path);
  return Array.isArray(found) ? found.slice(0, 200) : [];
}
