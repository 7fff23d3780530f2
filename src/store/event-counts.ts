import type { Sql } from '../ports/store.ts';
import { readSetting, writeSetting } from './settings-table.ts';

/** Events of one source that rules were asked about, and how many of them one matched. */
export interface EventCount {
  seen: number;
  matched: number;
}

/** By source, since the store was made; sources that never sent an event are not in it. */
export type EventCounts = Record<string, EventCount>;

const key = 'events.seen';

/** Adds to the counts, in the transaction that moves the pipeline's cursor, so that nothing counts twice. */
export async function countEvents(tx: Sql, more: EventCounts): Promise<void> {
  if (Object.keys(more).length === 0) return;
  const counts = (await readSetting<EventCounts>(tx, key)) ?? {};
  for (const [source, { seen, matched }] of Object.entries(more)) {
    const old = counts[source] ?? { seen: 0, matched: 0 };
    counts[source] = { seen: old.seen + seen, matched: old.matched + matched };
  }
  await writeSetting(tx, key, counts);
}
