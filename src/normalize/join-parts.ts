import type { RawRecord } from '../domain/record.ts';
import { withCloud } from './cloud-of.ts';
import type { NativeEventRecord } from './native-event-record.ts';
import { type EventReader, normalize, type Parser } from './normalize.ts';

/** An event and the record it was read of; of several records the last. */
export interface ReadEvent {
  raw: RawRecord;
  source: EventReader;
  record: NativeEventRecord;
  /** All that are parts of one with it, itself included. */
  parts?: readonly NativeEventRecord[];
}

/**
 * Tells the parts among these of one another, and returns the events that they make together; each stands with the last
 * of its parts.
 */
export function joinParts(events: readonly ReadEvent[]): ReadEvent[] {
  const groups = new Map<string, ReadEvent[]>();
  for (const event of events) {
    const { source, record } = event;
    if (record.partOf === undefined || source.join === undefined) continue;
    const key = `${source.name}|${record.partOf}`;
    const group = groups.get(key);
    if (group) group.push(event);
    else groups.set(key, [event]);
  }
  return [...groups.values()].flatMap((group) => {
    const last = group.at(-1);
    if (last === undefined) return [];
    const { raw, source, record: part } = last;
    const parts = group.map(({ record }) => record);
    for (const event of group) event.parts = parts;
    // What they make together is where its parts are.
    const facts = (of: NativeEventRecord) => withCloud(of.facts(), part.facts(parts).attributes?.cloud);
    return (source.join?.(parts) ?? []).map((made) => ({
      raw,
      source,
      record: { ...made, facts: () => facts(made) },
    }));
  });
}

/** How many records after a cut are looked at for parts of what stands before it. */
const lookAhead = 64;

/**
 * How many of the records of a full step to take, so that what is written in several of them is not parted: those after
 * are left to the next step, which begins with them. All of them when less than half would be left, since then somebody
 * writes parts without end.
 */
export function wholeUpTo(raws: readonly RawRecord[], sources: ReadonlyMap<string, Parser>): number {
  const from = raws.length - Math.min(lookAhead, Math.floor(raws.length / 4));
  if (!raws.slice(from).some((raw) => joins(sources.get(raw.source)))) return raws.length;
  const keys = raws.map((raw) => partOf(raw, sources));
  const first = new Map<string, number>();
  for (const [k, key] of keys.entries()) if (key !== undefined && !first.has(key)) first.set(key, k);
  let cut = from;
  for (let k = keys.length - 1; k >= cut; k -= 1) cut = Math.min(cut, first.get(keys[k] ?? '') ?? cut);
  return cut < raws.length / 2 ? raws.length : cut;
}

function joins(source: Parser | undefined): boolean {
  return source !== undefined && 'join' in source;
}

function partOf(raw: RawRecord, sources: ReadonlyMap<string, Parser>): string | undefined {
  const [first] = normalize(raw, sources).events;
  return first?.partOf === undefined ? undefined : `${raw.source}|${first.partOf}`;
}
