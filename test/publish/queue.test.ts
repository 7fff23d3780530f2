import { describe, expect, it } from 'vitest';
import { type Locale, languages } from '../../src/domain/locale.ts';
import type { QueueEntry } from '../../src/domain/queue-entry.ts';
import { renderQueue } from '../../src/publish/queue.ts';
import { activeIn } from './active-markdown.ts';
import { attacks } from './attacks.ts';
import { at, ownTitle } from './views.ts';

const japan: Locale = { language: 'en', timeZone: 'Asia/Tokyo' };
const now = at(7200);

function entry(issue: number, given: Partial<QueueEntry> = {}): QueueEntry {
  return {
    issue,
    kind: 'threat',
    pressing: false,
    severity: 'high',
    title: 'Crypto miner xmrig started on web-01',
    product: 'Falco',
    byPolicy: false,
    rated: true,
    openedAt: at(issue * 60),
    waiting: 0,
    ...given,
  };
}

describe('the queue', () => {
  it.each(languages)('ranks what is open, with why, who and since when, in %s', async (language) => {
    const entries = [
      entry(4, { severity: 'critical', byPolicy: true, waiting: 2 }),
      entry(7, {
        owner: 'hana',
        kind: 'leaked-secret',
        ...ownTitle((words) => words.secret('Acme Payments live key', 'acme/shop-api')),
        product: 'GitHub secret scanning',
      }),
      entry(9, { severity: 'medium', title: 'Login from a new country', product: 'Okta', severityBy: 'ken' }),
      entry(11, { severity: 'medium', title: 'Badge used twice', product: 'Door Keeper', rated: false }),
      entry(2, { severity: 'low', title: 'Port scan', product: '', asked: 'mika' }),
      entry(3, {
        severity: 'critical',
        kind: 'vulnerability',
        title: 'left-pad-plus lets a request crash the process',
        dueAt: new Date('2026-03-31T12:00:00Z'),
      }),
      entry(8, {
        severity: 'medium',
        kind: 'vulnerability',
        title: 'right-pad reads what it should not',
        dueAt: new Date('2026-02-20T12:00:00Z'),
      }),
      entry(10, {
        kind: 'vulnerability',
        title: 'pad-server runs what it is sent',
        dueAt: new Date('2026-03-03T12:00:00Z'),
        pressing: true,
      }),
      entry(5, { snoozedUntil: at(9000), owner: 'ken' }),
      entry(6, { snoozedUntil: at(60), severity: 'low' }),
    ];
    const { title, body } = renderQueue({ entries, total: 12, urgent: 3, alone: 2 }, { ...japan, language }, now);
    await expect(`Title: ${title}\n\n${body}\n`).toMatchFileSnapshot(
      `golden/${language === 'en' ? '' : 'ja/'}queue.md`,
    );
  });

  it('says that nothing is open', () => {
    expect(renderQueue({ entries: [], total: 0, urgent: 0, alone: 0 }, japan, now).body).toMatch(
      /^⚪ \*\*Nothing is open\.\*\*/,
    );
  });

  it('says how long each has waited, and changes for that at most every quarter of an hour', () => {
    const day = 86_400;
    const entries = [5 * 60, 40 * 60, 3 * 3_600, 47 * 3_600, 50 * 3_600, 9 * day].map((s, n) =>
      entry(n + 1, { openedAt: at(7_200 - s), owner: 'hana' }),
    );
    const queue = { entries, total: 6, urgent: 6, alone: 0 };
    const ages = renderQueue(queue, japan, at(7_200)).body.match(/hana has it; .*/g);
    expect(ages?.map((line) => line.slice('hana has it; '.length))).toEqual([
      'opened under 15 min ago',
      'opened 30 min ago',
      'opened 2 h ago',
      'opened 46 h ago',
      'opened 2 d ago',
      'opened 8 d ago',
    ]);
    const bodies = Array.from({ length: 60 }, (_, minute) => renderQueue(queue, japan, at(7_200 + minute * 60)).body);
    expect(new Set(bodies).size).toBeLessThanOrEqual(5);
  });

  it('does not change from one minute to the next', () => {
    const entries = [entry(1), entry(2, { owner: 'hana' })];
    const then = renderQueue({ entries, total: 2, urgent: 2, alone: 1 }, japan, now);
    expect(renderQueue({ entries, total: 2, urgent: 2, alone: 1 }, japan, at(7_260))).toEqual(then);
  });

  it.each(attacks)('shows %s as text', (_, attack) => {
    const entries = [
      entry(8, { title: attack, product: attack, owner: attack, severityBy: attack }),
      entry(9, { asked: attack }),
    ];
    expect(activeIn(renderQueue({ entries, total: 1, urgent: 1, alone: 0 }, japan, now).body, [8, 9])).toEqual([]);
  });
});
