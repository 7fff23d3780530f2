import { atLeast, type Severity } from '../domain/severity.ts';
import type { Sql } from '../ports.ts';
import { say } from './publications.ts';

/** One incident that is part of another now, and the severity that one got by it when it went up. */
export interface Merged {
  from: string;
  into: string;
  raisedTo: Severity | undefined;
}

/**
 * A comment where the story changed for people who have read it: two incidents found to be one, a closed one come
 * back. Our own words only; the issue has the rest.
 */
export async function tellNews(tx: Sql, now: Date, news: { merges: Merged[]; reopened: string[] }): Promise<void> {
  for (const { from, into, raisedTo } of news.merges) {
    const found = await tx.query<{ issue: string | null }>('select issue from incident where id = $1', [from]);
    const issue = found.rows[0]?.issue;
    if (!issue) continue;
    const severity = raisedTo && atLeast(raisedTo, 'high') ? ` Severity is now ${raisedTo}.` : '';
    const text = `**One story:** #${issue} is part of this now, because an alert connects the two.${severity} Go on here; what runs there can be undone there.`;
    await say(tx, now, { key: `merged:${from}`, incidentId: into, text, priority: 1 });
  }
  for (const id of news.reopened) {
    const text =
      '**Open again:** the same alert came back after this was closed. `/close fp <why>` if it still is nothing.';
    await say(tx, now, { key: `reopened:${id}:${now.toISOString()}`, incidentId: id, text, priority: 1 });
  }
}
