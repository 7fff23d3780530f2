import type { NativeEvent } from './rule.ts';

/** A dotted path in an event, cut once. */
export interface Place {
  whole: string;
  keys: string[];
}

export function place(path: string): Place {
  return { whole: path, keys: path.split('.') };
}

/** The first value that is there and not null. */
export function firstAt(event: NativeEvent, places: readonly Place[]): unknown {
  for (let k = 0; k < places.length; k += 1) {
    const value = valueAt(event, places[k] as Place);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** The value at a path, or of a key that is itself written so; the first element of an array stands for it. */
export function valueAt(event: NativeEvent, { whole, keys }: Place): unknown {
  const found = event[whole];
  if (found !== undefined || keys.length === 1) return found;
  let value: unknown = event;
  for (let k = 0; k < keys.length; k += 1) {
    if (Array.isArray(value)) [value] = value;
    if (typeof value !== 'object' || value === null) return undefined;
    const key = keys[k] as string;
    value = key === '*' ? Object.values(value)[0] : (value as Record<string, unknown>)[key];
  }
  return value;
}
