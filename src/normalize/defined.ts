/** `T` where every property may also be undefined, as it is while it is being gathered. */
type Loose<T> = { [K in keyof T]: T[K] | undefined };

/** The object without its undefined properties and empty arrays, which OCSF has no use for. */
export function defined<T extends object>(value: Loose<T>): T {
  const kept = Object.entries(value).filter(([, v]) => v !== undefined && !(Array.isArray(v) && v.length === 0));
  return Object.fromEntries(kept) as T;
}
