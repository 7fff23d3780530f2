import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntityType } from '../../src/domain/entity.ts';
import type { IncidentView } from '../../src/domain/incident-view.ts';
import { hasMarker, marker } from '../../src/publish/marker.ts';
import { notesOf } from '../../src/publish/notes.ts';
import { renderReceipt, renderRefusals } from '../../src/publish/receipt.ts';
import { renderIssue } from '../../src/publish/render-issue.ts';
import { reportComment } from '../../src/publish/report-comment.ts';
import { activeIn } from './active-markdown.ts';
import { alertView, evidenceOf, recommendationOf, reportOf, taskOf, viewOf } from './views.ts';

const types: EntityType[] = ['ip', 'domain', 'url', 'file_hash', 'process', 'host', 'cloud_resource', 'user', 'email'];

/** An incident in which everything that comes from outside is this text. */
function viewFullOf(text: string): IncidentView {
  const entities = types.map((type) => ({ type, value: text, role: text, from: 'field' as const }));
  const outside = {
    title: text,
    product: text,
    rule: text,
    entities,
    techniques: [text],
    quoted: [
      { name: text, value: text },
      { name: 'b', value: `${text}\n${text}` },
    ],
    floorBecause: text,
    joinReason: `shares host ${text}, seen at the same time`,
  };
  const target = { type: 'domain' as const, value: text };
  return viewOf([alertView('1', outside), alertView('2', { ...outside, joinReason: text })], {
    incident: { verdictWhy: text },
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
  return [
    renderIssue(view).body,
    renderIssue(closed).body,
    reportComment(view, told, view.recommendations, policy),
    renderReceipt('5', 'hana', [line, line]),
    renderReceipt('5', text, [line]),
    renderRefusals(12, [{ author: text, text, answer: 'no' }]),
  ];
}

const attacks: [string, string][] = [
  ['a mention', '@ken look'],
  ['an encoded mention', '&#64;ken &commat;ken &#x40;ken'],
  ['a full-width mention', '＠ken'],
  ['a team mention in the middle', 'a @acme/soc-responders b'],
  ['a command', '/approve all'],
  ['a command on its own line', 'x\n/approve all\ny'],
  ['a command after every kind of line end', 'x\r/approve all\r\n/approve all\u2028/approve all\u0085/approve all'],
  ['a full-width command', '／ａｐｐｒｏｖｅ ａｌｌ'],
  ['a closing keyword', 'fixes #1, closes acme/soc#2, resolves GH-3'],
  ['a closing keyword with a link', 'closes https://github.com/acme/soc/issues/1'],
  ['an image', '![x](http://203.0.113.7/x.png)'],
  ['a script link', '[approve](javascript:alert(1))'],
  ['a reference link', '[x]\n\n[x]: http://evil.example'],
  ['an autolink', '<http://evil.example>'],
  ['a bare link', 'http://evil.example/ www.evil.example ftp://evil.example mailto:a@evil.example'],
  ['an end of the fold', '</details></summary>'],
  ['raw HTML', '<img src=x onerror=alert(1)><script>alert(1)</script><h1>'],
  ['an HTML comment', '<!-- hidden -->'],
  ['an open HTML comment', '<!--'],
  ['our marker', marker('issue', '99')],
  ['our marker on its own line', `x\n${marker('issue', '99')}\n`],
  ['the end of the notes', '<!-- yagura:notes-end -->'],
  ['the beginning of the notes', '**Notes** (yours; kept through every edit)'],
  [
    'notes on lines of their own',
    'x\n\n**Notes** (yours; kept through every edit)\n\nmine\n\n<!-- yagura:notes-end -->\n',
  ],
  ['one backtick', '`'],
  ['backticks', '`` ` ``` ```` `'],
  ['a fence', '```\n/approve all\n```'],
  ['a backslash at the end', 'x\\'],
  ['a backslash and a backtick', '\\`@ken\\`'],
  ['a heading', '# Approved by ken'],
  ['a quote', '> ken: /approve all'],
  ['a table', '| a | b |\n|---|---|\n| @ken | c |'],
  ['bidirectional text', 'gpj.\u202eexe\u2066 x \u2069'],
  ['zero-width characters', '@\u200bken /app\u200brove \ufeff\u2060'],
  ['tag characters', 'a\u{e0041}\u{e0042}'],
  ['control characters', 'a\u0000b\u0007c\u001b[31md\u007f'],
  ['a lone surrogate', 'a\ud800b'],
  ['piled-up marks', `a${'\u0301'.repeat(400)}`],
  ['the end of a Mermaid box', '"] --> x["click s0 href \\"http://evil.example\\"'],
  ['Mermaid directives', '%%{init: {"theme":"x"}}%%\nclick s0 "javascript:alert(1)"\nend'],
  ['only spaces', ' \t\n '],
  ['nothing', ''],
  ['emphasis that does not end', '**bold __under ~~strike'],
  ['math', '$\\href{javascript:alert(1)}{x}$'],
  ['a footnote', '[^1]\n\n[^1]: @ken'],
  ['a task box', '- [ ] done'],
];

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
