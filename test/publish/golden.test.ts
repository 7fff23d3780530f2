import { describe, expect, it } from 'vitest';
import type { ReceiptLine } from '../../src/domain/comment-command.ts';
import type { IncidentView } from '../../src/domain/incident-view.ts';
import { renderReceipt, renderRefusals } from '../../src/publish/receipt.ts';
import { renderIssue } from '../../src/publish/render-issue.ts';
import { reportComment } from '../../src/publish/report-comment.ts';
import { activeIn, brokenBoldIn } from './active-markdown.ts';
import { englishIn, inJapanese } from './japanese.ts';
import {
  cryptomining,
  keyLeftBehind,
  knownScanner,
  leakedSecret,
  maliciousPackage,
  rootLogin,
  storm,
  unknownAlert,
  vulnerability,
} from './stories.ts';
import { at, reportOf, taskOf } from './views.ts';

const banner =
  'The newest policy in acme/soc-config (9f8e7d6c5b4a) is broken: policies/response.md:12 autonomy is one of observe, recommend, approve, auto. In force: 1a2b3c4d5e6f, the last good one.';

function changed(view: IncidentView, incident: Partial<IncidentView['incident']>): IncidentView {
  return { ...view, incident: { ...view.incident, ...incident } };
}

/** Its source says that every place is mended. */
function fixedEverywhere(): IncidentView {
  const view = vulnerability();
  const alerts = view.alerts.map((alert) => ({ ...alert, lifecycle: 'fixed' as const }));
  const settled = { how: 'fixed', product: 'GitHub Dependabot' } as const;
  return changed({ ...view, alerts }, { status: 'closed', closedAt: at(9000), settled });
}

const stories: Record<string, IncidentView> = {
  cryptomining: cryptomining(),
  'cryptomining-observe': { ...cryptomining(), policy: { ...cryptomining().policy, mode: 'observe' }, tasks: [] },
  'cryptomining-taken-and-judged': changed(
    {
      ...cryptomining(),
      tasks: [taskOf(1, { type: 'ip', value: '198.51.100.9' }, { status: 'failed', detail: 'nft: no such table' })],
    },
    { owner: 'hana', verdict: 'true-positive', verdictBy: 'ken', snoozedUntil: at(7200), relatedIssue: 4 },
  ),
  'not-assessed': unknownAlert(),
  'not-rated': { ...unknownAlert(), alerts: unknownAlert().alerts.map((one) => ({ ...one, severity: 'unknown' })) },
  'checks-running': { ...unknownAlert(), evidence: [], report: undefined } as unknown as IncidentView,
  'likely-benign': knownScanner(),
  detection: rootLogin(),
  'malicious-package': maliciousPackage(),
  vulnerability: vulnerability(),
  'vulnerability-fixed': fixedEverywhere(),
  'leaked-secret': leakedSecret(),
  'own-titles': keyLeftBehind(),
  'broken-policy': { ...unknownAlert(), banner, notes: 'Asked jo at 09:10, no answer yet.\n\n- second floor' },
  merged: { ...changed(cryptomining(), { status: 'merged' }), mergedIntoIssue: 5 },
  closed: changed(cryptomining(), {
    status: 'closed',
    verdict: 'true-positive',
    verdictBy: 'ken',
    verdictWhy: 'the host was rebuilt, see #14',
    owner: 'ken',
    closedAt: at(9000),
  }),
  'closed-by-button': changed({ ...unknownAlert(), report: reportOf() }, { status: 'closed', closedAt: at(9000) }),
};

/** Each story in English and in Japanese. */
const bothLanguages = Object.entries(stories).flatMap(([name, view]) => [
  [name, view] as const,
  [`${name} in Japanese`, inJapanese(view)] as const,
]);

const policy = { mode: 'approve' as const, mention: { severity: 'high' as const, who: ['acme/soc-responders'] } };

describe('the issue of an incident', () => {
  it.each(Object.entries(stories))('%s reads as its golden file', async (name, view) => {
    const { title, body, labels } = renderIssue(view);
    const page = `Title: ${title}\nLabels: ${labels.map((l) => l.name).join(', ')}\n\n${body}\n`;
    await expect(page).toMatchFileSnapshot(`golden/issue-${name}.md`);
  });

  it.each(Object.entries(stories))(
    '%s reads as its golden file in Japanese, with no English left',
    async (name, view) => {
      const { title, body, labels } = renderIssue(inJapanese(view));
      expect(labels.map((l) => l.name)).toEqual(renderIssue(view).labels.map((l) => l.name));
      const page = `Title: ${title}\nLabels: ${labels.map((l) => l.name).join(', ')}\n\n${body}\n`;
      await expect(page).toMatchFileSnapshot(`golden/ja/issue-${name}.md`);
      expect(englishIn(page)).toEqual([]);
      expect(labels.flatMap((l) => englishIn(l.description))).toEqual([]);
    },
  );

  it.each(bothLanguages)('%s can be read by a tired person on a telephone', (_, view) => {
    const { title, body } = renderIssue(view);
    const unfolded = body.slice(0, body.indexOf('<details>') < 0 ? undefined : body.indexOf('<details>'));
    const line = unfolded.split('\n').find((l) => /^[🔴🟡⚪]/u.test(l)) ?? '';
    expect(line.slice(0, 200)).toMatch(/\*\*.+\*\*.*`.+`|#\d+/);
    expect(title.length).toBeLessThanOrEqual(200);
    expect(body).not.toMatch(/^\|/m);
    expect(body).not.toMatch(/undefined|null|\(\)|\[\]|\(empty\)|\.\.|#\?/);
    expect(unfolded).not.toMatch(/\S {2}|^\*\*[^*]+\*\*\n\n(?!<!-- yagura:notes-end)/m);
    expect(body).not.toMatch(/<summary>[^<]*\(0\)/);
    expect(body).not.toMatch(/<\/summary>\s*<\/details>/);
    expect(activeIn(body, [1, 4, 5, 9, 14])).toEqual([]);
    expect(brokenBoldIn(body)).toEqual([]);
  });

  it.each(bothLanguages)('%s offers no command that would be refused', (_, view) => {
    const { body } = renderIssue(view);
    const open = new Set(view.recommendations.filter((r) => r.status === 'open').map((r) => r.id));
    const offered = [...body.matchAll(/`\/(?:approve|reject) (R\d+)/g)].map(([, id]) => id ?? '');
    if (view.incident.status !== 'open') expect(body).not.toMatch(/`\/(?:approve|reject|take|snooze|close)/);
    else for (const id of offered) expect(open.has(id)).toBe(true);
    if (view.incident.status !== 'closed') expect(body).not.toContain('`/reopen`');
    if (view.incident.owner) expect(body).not.toContain('`/take`');
    if (open.size < 2) expect(body).not.toContain('`/approve all`');
  });
});

describe('a storm of five hundred alerts', () => {
  it('reads as its golden file, says how many there are and where the rest is', async () => {
    const { body, cut } = renderIssue(storm());
    expect(cut).toBe(true);
    expect(body).toContain('- and 440 more');
    expect(body).toContain('`incidents/7.md` on the branch `yagura/data`');
    expect(body.length).toBeLessThan(60_000);
    await expect(`${body}\n`).toMatchFileSnapshot('golden/issue-storm.md');
    const ja = renderIssue(inJapanese(storm())).body;
    expect(ja).toContain('- ほか 440 件');
    expect(englishIn(ja)).toEqual([]);
    await expect(`${ja}\n`).toMatchFileSnapshot('golden/ja/issue-storm.md');
  });

  it('gives up the bulk first, from below, and never what to type', () => {
    const whole = renderIssue(storm()).body;
    const { body, cut } = renderIssue(storm(), 16_000);
    expect(cut).toBe(true);
    expect(body.length).toBeLessThan(16_000);
    expect(body.slice(0, body.indexOf('<details>'))).toBe(whole.slice(0, whole.indexOf('<details>')));
    expect(body).toContain('Timeline');
    expect(body).not.toContain('Evidence');
    expect(body).toMatch(/<!-- yagura:v1 issue=7 -->$/);
  });

  it('is listed whole in the full text, which has no limit', () => {
    const { body } = renderIssue(storm(), Number.POSITIVE_INFINITY);
    for (const alert of storm().alerts) expect(body).toContain(`alert ${alert.id}:`);
    expect(body).not.toContain('yagura/data');
  });
});

describe('notes of people', () => {
  it('are never cut: everything else gives way', () => {
    const notes = 'mine '.repeat(11_500).trim();
    const { body } = renderIssue({ ...cryptomining(), notes });
    expect(body).toContain(notes);
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain('**Look now.**');
    expect(body).toMatch(/<!-- yagura:v1 issue=7 -->$/);
  });
});

describe('comments', () => {
  it.each(Object.entries(stories).filter(([, view]) => view.report && view.incident.status === 'open'))(
    'the report of %s reads as its golden file',
    async (name, view) => {
      const done = { report: view.report ?? reportOf(), evidence: view.evidence };
      const text = reportComment(view, done, view.recommendations, { ...policy, mode: view.policy.mode as 'approve' });
      expect(activeIn(text.replaceAll('@acme/soc-responders', ''), [9])).toEqual([]);
      await expect(`${text}\n`).toMatchFileSnapshot(`golden/report-${name}.md`);
      const ja = inJapanese(view);
      const told = { report: ja.report ?? reportOf(), evidence: ja.evidence };
      const inJa = reportComment(ja, told, ja.recommendations, { ...policy, mode: view.policy.mode as 'approve' });
      expect(englishIn(inJa)).toEqual([]);
      expect(brokenBoldIn(inJa)).toEqual([]);
      expect(activeIn(inJa.replaceAll('@acme/soc-responders', ''), [9])).toEqual([]);
      await expect(`${inJa}\n`).toMatchFileSnapshot(`golden/ja/report-${name}.md`);
    },
  );

  it('mention nobody in mode observe or below the severity that policy names', () => {
    const view = cryptomining();
    const done = { report: view.report ?? reportOf(), evidence: [] };
    expect(reportComment(view, done, [], { ...policy, mode: 'observe' })).not.toContain('@');
    const low = changed(view, { severity: 'medium' });
    expect(reportComment(low, done, [], policy)).not.toContain('@');
    expect(reportComment(view, done, [], policy)).toContain('For @acme/soc-responders by policy.');
  });

  it('a receipt of one command and one of three read as their golden files', async () => {
    const one: ReceiptLine = { text: '/take', state: 'done', understood: 'hana has this', answer: 'noted' };
    const lines: ReceiptLine[] = [
      {
        text: '/approve R1',
        state: 'waiting',
        understood: 'approve R1: block `203.0.113[.]7` on `edge`',
        answer: '\n  - T1 applying',
      },
      { text: '/frobnicate', state: 'refused', understood: '', answer: 'there is no command `/frobnicate`' },
      { text: '/take', state: 'pending', understood: '', answer: '' },
    ];
    await expect(`${renderReceipt('5', 'hana', [one], 'en')}\n`).toMatchFileSnapshot('golden/receipt-one.md');
    await expect(`${renderReceipt('6', 'hana', lines, 'en')}\n`).toMatchFileSnapshot('golden/receipt-three.md');
  });

  it('the one comment of refusals reads as its golden file', async () => {
    const refusals = [
      {
        author: 'otto',
        text: '/block 203.0.113.7',
        answer: 'needs the right analyst: hana, ken, mika (you: no right in policies/response.md)',
      },
      {
        author: 'otto',
        text: '/close fp nothing',
        answer: 'needs the right analyst: hana, ken, mika (you: no right in policies/response.md)',
      },
    ];
    await expect(`${renderRefusals(12, refusals)}\n`).toMatchFileSnapshot('golden/refusals.md');
  });
});
