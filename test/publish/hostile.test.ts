import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntityType } from '../../src/domain/entity.ts';
import type { IncidentView } from '../../src/domain/incident-view.ts';
import { hasMarker } from '../../src/publish/marker.ts';
import { notesOf } from '../../src/publish/notes.ts';
import { renderReceipt, renderRefusals } from '../../src/publish/receipt.ts';
import { renderIssue } from '../../src/publish/render-issue.ts';
import { reportComment } from '../../src/publish/report-comment.ts';
import { activeIn } from './active-markdown.ts';
import { attacks } from './attacks.ts';
import { alertView, evidenceOf, recommendationOf, reportOf, taskOf, viewOf } from './views.ts';

const types: EntityType[] = ['ip', 'domain', 'url', 'file_hash', 'process', 'host', 'cloud_resource', 'user', 'email'];

/** An incident in which everything that comes from outside is this text. */
function viewFullOf(text: string): IncidentView {
  const entities = types.map((type) => ({ type, value: text, role: text, from: 'field' as const }));
  const outside = {
    title: text,
    titles: { en: text, ja: text },
    product: text,
    rule: text,
    entities,
    techniques: [text],
    quoted: [
      { name: text, value: text },
      { name: 'b', value: `${text}\n${text}` },
    ],
    place: {
      by: 'dependabot' as const,
      repository: text,
      package: text,
      ecosystem: text,
      manifest: text,
      relationship: text,
      scope: text,
      installed: text,
      range: text,
      fixed: text,
      ghsa: text,
      cve: text,
      malicious: true as const,
      runs: {
        ...{ from: '2026-03-01T12:00:00Z', to: '2026-03-01T13:00:00Z', total: 1, unread: text },
        shown: [{ id: 1, path: text, at: '2026-03-01T12:30:00Z' }],
      },
    },
    kind: 'vulnerability' as const,
    lifecycle: 'dismissed' as const,
    lifecycleWhy: text,
    floorBecause: text,
    attribution: { ruleId: text, title: text, author: text, license: text, level: text, tags: [text], file: text },
    joinReason: `shares host ${text}, seen at the same time`,
  };
  const target = { type: 'domain' as const, value: text };
  return viewOf([alertView('1', outside), alertView('2', { ...outside, joinReason: text })], {
    incident: { verdictWhy: text, settled: { how: 'dismissed', product: text, why: text } },
    owners: { [text]: text },
    evidence: [
      evidenceOf(1, text, 'found', [text, { quote: text }, ` ${text} `, { entity: target }, { issue: 9 }]),
      evidenceOf(2, 'entity-alerts', 'could-not-look', [text, { quote: text }]),
    ],
    recommendations: [
      recommendationOf(1, target, { because: text }),
      recommendationOf(2, target, { status: 'replaced', replacedBy: 'R1' }),
    ],
    tasks: [taskOf(1, target, { detail: text, status: 'failed' })],
    report: reportOf({
      claims: [{ text: [text, { quote: text }, text], evidence: ['E1'] }],
      questions: [{ ask: text, who: text }],
      playbook: text,
      verdict: 'suspicious',
      because: text,
    }),
    banner: text,
    notes: 'what people wrote',
  });
}

function everyText(view: IncidentView): string[] {
  const closed = { ...view, incident: { ...view.incident, status: 'closed' as const, verdictBy: 'ken' } };
  const told = { report: view.report ?? reportOf(), evidence: view.evidence };
  const policy = { mode: 'observe' as const, mention: { severity: 'low' as const, who: ['acme/soc'] } };
  const text = view.alerts[0]?.title ?? '';
  const line = { text, state: 'refused' as const, understood: '', answer: 'no' };
  const ja = { ...view, policy: { ...view.policy, language: 'ja' as const } };
  return [
    renderIssue(view).body,
    renderIssue(ja).body,
    renderIssue({ ...closed, policy: ja.policy }).body,
    reportComment(ja, told, view.recommendations, policy),
    renderIssue(closed).body,
    reportComment(view, told, view.recommendations, policy),
    renderReceipt('5', 'hana', [line, line], 'en'),
    renderReceipt('5', text, [line], 'en'),
    renderRefusals(12, [{ author: text, text, answer: 'no' }]),
  ];
}

describe('whatever comes from outside', () => {
  it.each(attacks)('%s is only read, never active', (_, attack) => {
    for (const text of everyText(viewFullOf(attack))) expect(activeIn(text, [9, 12])).toEqual([]);
  });

  it.each(attacks)('%s leaves marker, notes and title as they are', (_, attack) => {
    const { body, title } = renderIssue(viewFullOf(attack));
    expect(notesOf(body)).toBe('what people wrote');
    expect(hasMarker(body, 'issue', '7')).toBe(true);
    expect(hasMarker(body, 'issue', '99')).toBe(false);
    expect(title).toMatch(/^\[[^\]]*high\] \S/);
    expect(title).not.toMatch(/[\p{Cc}\p{Cf}@<>`]|https?:\/\//u);
    expect(title.length).toBeLessThanOrEqual(200);
  });

  it('is never active whatever pieces it is put together from', () => {
    const pieces = attacks.map(([, text]) => text).concat(['\n', ' ', 'a', '-', '](', '\\', '`', '&', ';']);
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (attack) => {
        for (const rendered of everyText(viewFullOf(attack))) expect(activeIn(rendered, [9, 12])).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is cut when it is a megabyte, within a second or two, and the issue stays below the limit', () => {
    for (const unit of ['a', '@ken ', '`', '\n', '-eyJ', '漢', '😀', 'password=']) {
      const { body } = renderIssue(viewFullOf(unit.repeat(Math.ceil(1_000_000 / unit.length))));
      expect(body.length).toBeLessThan(65_000);
      expect(activeIn(body, [9, 12])).toEqual([]);
      expect(body.isWellFormed()).toBe(true);
    }
  });
});

describe('secrets', () => {
  const secrets = [
    `ghp_${'a1B2'.repeat(9)}`,
    'AKIAQQQQWWWWEEEERRRR',
    `xoxb-${'1234567890-'.repeat(3)}abc`,
    'password=correcthorse',
    `-----BEGIN PRIVATE KEY-----\n${'QUJD'.repeat(40)}\n-----END PRIVATE KEY-----`,
  ];

  it.each(secrets)('are not shown in any text: %s', (secret) => {
    for (const text of everyText(viewFullOf(`x ${secret} y`))) {
      expect(text).toContain('[secret removed]');
      expect(text).not.toContain(secret.slice(-12));
    }
  });

  it('are not shown in part when the text is cut in the middle of one', () => {
    for (let before = 270; before < 310; before += 1) {
      const text = `${'x '.repeat(before / 2)}ghp_${'Zq9'.repeat(12)}`;
      for (const rendered of everyText(viewFullOf(text))) expect(rendered).not.toContain('ghp_Zq');
    }
  });
});
