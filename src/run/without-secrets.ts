/** Where GitHub's payloads hold, or may come to hold, a leaked secret or the text around it. */
const leaks = new Set(['secret', 'secret_value', 'snippet', 'raw_secret']);

/** Deepest object of a payload that is looked into; GitHub's go about six deep. */
const deepest = 24;

/**
 * A payload without the value of a leaked secret, at any depth of its alert and its location: such a value is never kept,
 * not even in the raw record.
 */
export function withoutSecrets(payload: Record<string, unknown>): Record<string, unknown> {
  const parts = ['alert', 'location'].filter((name) => Object.hasOwn(payload, name));
  return { ...payload, ...Object.fromEntries(parts.map((name) => [name, cut(payload[name], 0)])) };
}

function cut(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (depth >= deepest) return null;
  if (Array.isArray(value)) return value.map((item) => cut(item, depth + 1));
  const kept = Object.entries(value).filter(([name]) => !leaks.has(name));
  return Object.fromEntries(kept.map(([name, item]) => [name, cut(item, depth + 1)]));
}
