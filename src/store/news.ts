import type { Policy } from '../domain/policy.ts';
import { roomOf } from '../domain/room.ts';
import { atLeast, type Severity } from '../domain/severity.ts';
import { noticeWords } from '../messages/notices.ts';
import type { Sql } from '../ports/store.ts';
import { incidentPlace } from './incidents.ts';
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
export async function tellNews(
  tx: Sql,
  now: Date,
  policy: Pick<Policy, 'rooms' | 'language' | 'timeZone'>,
  news: { merges: Merged[]; reopened: string[] },
): Promise<void> {
  for (const { from, into, raisedTo } of news.merges) {
    const found = await tx.query<{ issue: string | null }>('select issue from incident where id = $1', [from]);
    const issue = found.rows[0]?.issue;
    if (!issue) continue;
    const words = await wordsFor(tx, into, policy);
    const text = words.oneStory(issue, raisedTo && atLeast(raisedTo, 'high') ? raisedTo : undefined);
    await say(tx, now, { key: `merged:${from}`, incidentId: into, text, priority: 1 });
  }
  for (const id of await withIssue(tx, news.reopened)) {
    const words = await wordsFor(tx, id, policy);
    const key = `reopened:${id}:${now.toISOString()}`;
    await say(tx, now, { key, incidentId: id, text: words.openAgain, priority: 1 });
  }
}

/** What stands elsewhere has nobody to be told. */
async function withIssue(tx: Sql, incidents: string[]): Promise<string[]> {
  if (incidents.length === 0) return [];
  const found = await tx.query<{ id: string }>(
    `select id from incident where id = any($1::bigint[]) and stands = 'issue' order by id`,
    [incidents],
  );
  return found.rows.map(({ id }) => id);
}

/** In the language of those who read that incident. */
async function wordsFor(tx: Sql, id: string, policy: Pick<Policy, 'rooms' | 'language' | 'timeZone'>) {
  return noticeWords(roomOf(policy, (await incidentPlace(tx, id)).room).language);
}
