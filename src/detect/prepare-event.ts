import type { Pipeline } from './processing-pipeline.ts';
import type { NativeEvent } from './rule.ts';

/** Longest text that is read as JSON inside an event, in characters. */
const longest = 256 * 1024;

/** Elements of a list of pairs that are read. */
const mostPairs = 1_000;

/**
 * The event with what its pipeline says is packed in it unpacked: texts that hold JSON (`json`), lists of names and
 * values (`pairs`), texts with doubled backslashes (`doubled`). A copy where something changes, the event itself where nothing does.
 */
export function prepareEvent(
  event: NativeEvent,
  { json, pairs, doubled }: Pick<Pipeline, 'json' | 'pairs' | 'doubled'>,
): NativeEvent {
  let prepared = event;
  for (const path of json) prepared = changedAt(prepared, path.split('.'), parsed) as NativeEvent;
  for (const { path, name, value } of pairs)
    prepared = changedAt(prepared, path.split('.'), (list) => paired(list, name, value)) as NativeEvent;
  for (const path of doubled) prepared = changedAt(prepared, path.split('.'), undoubled) as NativeEvent;
  return prepared;
}

function changedAt(value: unknown, path: readonly string[], change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    const changed = value.map((one) => changedAt(one, path, change));
    return changed.some((one, k) => one !== value[k]) ? changed : value;
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value;
  const inner = (value as Record<string, unknown>)[key];
  const changed = changedAt(inner, rest, change);
  return changed === inner ? value : { ...value, [key]: changed };
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > longest || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function paired(list: unknown, name: string, value: string): unknown {
  if (!Array.isArray(list)) return list;
  const read = new Map<string, unknown>();
  for (const one of list.slice(0, mostPairs)) {
    if (typeof one !== 'object' || one === null) continue;
    const key = (one as Record<string, unknown>)[name];
    if (typeof key === 'string') read.set(key, (one as Record<string, unknown>)[value]);
  }
  return read.size === 0 ? list : Object.fromEntries(read);
}

function undoubled(value: unknown): unknown {
  if (typeof value === 'string') return once(value);
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? once(one) : one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, typeof one === 'string' ? once(one) : one]),
  );
}

/** A text in which some backslash stands alone was not doubled. */
function once(text: string): string {
  const runs = text.match(/\\+/g) ?? [];
  return runs.every((run) => run.length % 2 === 0) ? text.replaceAll('\\\\', '\\') : text;
}
