import type { Correlation, Rule } from '../rule.ts';
import { fieldOf, numbersOf, textsOf, tupleKey, tuplesOf } from './field-values.ts';
import type { HeldEvent, Told } from './held-event.ts';
import type { CorrelationMatch, Seen } from './seen.ts';
import type { Fired } from './window.ts';

/** A match of a rule, or of an inner correlation, on its way into the correlations built on it. */
export interface Arrival<Ref> {
  rule: Rule | Correlation;
  time: number;
  value(field: string): unknown;
  key: string;
  told: Told<Ref> | Told<Ref>[];
}

export function arrivalOf<Ref>(seen: Seen<Ref>): Arrival<Ref> {
  const { rule, time, ref } = seen;
  const key = typeof ref === 'object' ? JSON.stringify(ref) : String(ref);
  return { rule, time, value: (field) => seen.value(field), key, told: { ref, time, key } };
}

/** The texts of the `group-by` fields, one list for each group it takes part in; none when it lacks a field. */
export function groupsOf(correlation: Correlation, arrival: Arrival<unknown>): string[][] {
  return tuplesOf(correlation.groupBy.map((name) => textsOf(arrival.value(fieldOf(correlation, arrival.rule, name)))));
}

/** What a correlation remembers of it; undefined when it lacks what is to be counted. */
export function heldEvent<Ref>(
  correlation: Correlation,
  arrival: Arrival<Ref>,
  carried: Iterable<string>,
): HeldEvent<Ref> | undefined {
  const { rule, time, told } = arrival;
  const value = (name: string): unknown => arrival.value(fieldOf(correlation, rule, name));
  const place = correlation.rules.indexOf(rule);
  const ordered = correlation.type === 'temporal' || correlation.type === 'temporal_ordered';
  const event: HeldEvent<Ref> = { time, rule: place, told, key: ordered ? `${place} ${arrival.key}` : arrival.key };
  if (
    correlation.type === 'value_count' ||
    (correlation.type === 'value_percentile' && correlation.percentile === undefined)
  ) {
    event.values = tuplesOf(correlation.valueFields.map((name) => textsOf(value(name)))).map(tupleKey);
    if (event.values.length === 0) return undefined;
  } else if (correlation.type.startsWith('value_')) {
    event.numbers = correlation.valueFields.flatMap((name) => numbersOf(value(name)));
    if (event.numbers.length === 0) return undefined;
  }
  for (const name of carried) {
    const texts = textsOf(value(name));
    if (texts.length > 0) event.carried = { ...event.carried, [name]: texts };
  }
  return event;
}

/** A match, as the caller is told of it and as it arrives at the correlations built on this one. */
export function matchOf<Ref>(
  correlation: Correlation,
  texts: readonly string[],
  fired: Fired<Ref>,
): { match: CorrelationMatch<Ref>; arrival: Arrival<Ref> } {
  const told = toldOf(fired);
  const names = correlation.groupBy.map((name, i): [string, string] => [name, texts[i] ?? '']);
  const group = Object.fromEntries([...names, ...Object.entries(fired.about ?? {})]);
  const time = fired.events.at(-1)?.time ?? 0;
  const match = { rule: correlation, time, refs: told.map((one) => one.ref), group, value: fired.value };
  const value = (field: string): unknown =>
    Object.hasOwn(group, field) ? group[field] : fired.events.findLast((event) => has(event, field))?.carried?.[field];
  const key = JSON.stringify([
    correlation.id,
    correlation.title,
    texts,
    fired.about,
    told.length,
    told[0]?.key,
    told.at(-1)?.key,
  ]);
  return { match, arrival: { rule: correlation, time, value, key, told } };
}

function has(event: HeldEvent<unknown>, field: string): boolean {
  return event.carried !== undefined && Object.hasOwn(event.carried, field);
}

/** The caller's events of a match in time order, each once. */
function toldOf<Ref>(fired: Fired<Ref>): Told<Ref>[] {
  const byKey = new Map<string, Told<Ref>>();
  for (const event of fired.events)
    for (const one of Array.isArray(event.told) ? event.told : [event.told])
      if (!byKey.has(one.key)) byKey.set(one.key, one);
  return [...byKey.values()].sort((a, b) => a.time - b.time);
}
