/** A text PostgreSQL can hold as text and jsonb: without NUL and lone surrogates. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** JSON from outside, with all its texts and names storable. */
export function storable<T>(json: T): T {
  return storableUnknown(json) as T;
}

function storableUnknown(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(storableUnknown);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [storableText(name), storableUnknown(item)]));
}
