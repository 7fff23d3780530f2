import type { Matched } from './match-decisions.ts';

/** How the groups of people and those of Yagura differ, over the rows that say a group. */
export interface Groups {
  /** Rows that say one and were matched. */
  rows: number;
  /** A group of people whose alerts are in several incidents. */
  split: { group: string; incidents: string[] }[];
  /** An incident with alerts of several groups of people. */
  joined: { incident: string; groups: string[] }[];
  /** Pairs of rows: together for both, for people only, for Yagura only. */
  pairs: { both: number; people: number; yagura: number };
}

/** Compares groups by the rows they have in common; in time proportional to the rows. */
export function compareGroups(matched: readonly Matched[]): Groups {
  const rows = matched.filter(({ decision }) => decision.group !== '');
  const byGroup = new Map<string, Map<string, number>>();
  const byIncident = new Map<string, Map<string, number>>();
  for (const { decision, incident } of rows) {
    count(byGroup, decision.group, incident);
    count(byIncident, incident, decision.group);
  }
  const together = (places: ReadonlyMap<string, ReadonlyMap<string, number>>) =>
    sum([...places.values()].map((inner) => pairsOf(sum([...inner.values()]))));
  const both = sum([...byGroup.values()].flatMap((inner) => [...inner.values()].map(pairsOf)));
  return {
    rows: rows.length,
    split: [...byGroup]
      .filter(([, inner]) => inner.size > 1)
      .map(([group, inner]) => ({ group, incidents: [...inner.keys()] })),
    joined: [...byIncident]
      .filter(([, inner]) => inner.size > 1)
      .map(([incident, inner]) => ({ incident, groups: [...inner.keys()] })),
    pairs: { both, people: together(byGroup) - both, yagura: together(byIncident) - both },
  };
}

function count(places: Map<string, Map<string, number>>, outer: string, inner: string): void {
  const place = places.get(outer) ?? new Map<string, number>();
  place.set(inner, (place.get(inner) ?? 0) + 1);
  places.set(outer, place);
}

function pairsOf(n: number): number {
  return (n * (n - 1)) / 2;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
