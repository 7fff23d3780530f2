import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entity } from '../../src/domain/entity.ts';
import type { IncidentView } from '../../src/domain/incident-view.ts';
import type { Claim } from '../../src/domain/report.ts';
import { askComment } from '../../src/publish/ask-comment.ts';
import { hasMarker } from '../../src/publish/marker.ts';
import { notesOf } from '../../src/publish/notes.ts';
import { renderIssue } from '../../src/publish/render-issue.ts';
import { reportComment } from '../../src/publish/report-comment.ts';
import { activeIn } from './active-markdown.ts';
import { attacks } from './attacks.ts';
import { assessmentOf, runOf } from './model-stories.ts';
import { cryptomining } from './stories.ts';
import { recommendationOf, reportOf } from './views.ts';

const target: Entity = { type: 'domain', value: 'pool.mine.example' };

/** A claim that is this text in every part it can have, also where its evidence should stand. */
function claimOf(text: string): Claim {
  return { text: [text, { quote: text }, text, { entity: { type: 'domain', value: text } }], evidence: ['E1', text] };
}

/** An incident of which a model, or whoever spoke through it, says nothing but this text. */
function viewFullOf(text: string, verdictBy?: string): IncidentView {
  const said = claimOf(text);
  const reading = { statement: [text, { quote: text }], for: [said, said, said], against: [said, said, said] };
  const assessment = assessmentOf({
    verdict: 'true-positive',
    because: said,
    hypotheses: [
      { ...reading, benign: false },
      { ...reading, benign: true },
      { ...reading, benign: false },
      { ...reading, benign: false },
    ],
    severity: { proposed: verdictBy === undefined ? 'critical' : 'low', because: said },
    techniques: Array.from({ length: 7 }, () => ({ id: 'T1190', name: text, because: said, plain: [text] })),
    affected: [{ entity: { type: 'host', value: text }, evidence: ['E1', text] }],
    advice: [
      { action: 'block', target, rule: 'block-external-address', now: true, because: said, plain: [text] },
      { action: 'block', target: { type: 'domain', value: text }, rule: text, now: true, because: said, plain: [text] },
    ],
    dropped: [{ reason: text, count: 2 }],
  });
  const view = cryptomining();
  return {
    ...view,
    incident: { ...view.incident, severity: 'high' },
    recommendations: [recommendationOf(1, target)],
    notes: 'what people wrote',
    report: reportOf({
      verdict: verdictBy === undefined ? 'true-positive' : 'benign',
      ...(verdictBy === undefined ? {} : { verdictBy }),
      because: text,
      claims: [said],
      questions: [{ ask: text, who: text }],
      investigator: 'model',
      assessment,
      fallback: text,
      planted: Array.from({ length: 5 }, () => ({ where: text, quote: text, evidence: text })),
      model: modelOf(text),
    }),
  };
}

function modelOf(text: string) {
  return runOf({ models: { investigate: text }, prompts: [{ id: text, version: text, hash: text }] });
}

function everyText(text: string): string[] {
  const view = viewFullOf(text);
  const byPolicy = viewFullOf(text, 'policies/triage.md:3');
  const undecided = {
    ...view,
    report: reportOf({ verdict: 'insufficient-data', investigator: 'model', because: text }),
  };
  const policy = { mode: 'observe' as const, mention: { severity: 'low' as const, who: ['acme/soc'] } };
  const ja = { ...view, policy: { ...view.policy, language: 'ja' as const } };
  const comments = [view, ja, byPolicy, undecided].map((one) =>
    reportComment(one, { report: one.report ?? reportOf(), evidence: one.evidence }, one.recommendations, policy),
  );
  const answer = { claims: [claimOf(text)], cannotSay: text, dropped: [{ reason: text, count: 1 }] };
  return [
    ...[view, ja, byPolicy, undecided].map((one) => renderIssue(one).body),
    renderIssue(view, Number.POSITIVE_INFINITY).body,
    ...comments,
    askComment({ question: text, asker: text, ...answer, model: modelOf(text) }, 'en'),
    askComment({ question: 'q', asker: 'hana', ...answer, claims: [], model: undefined }, 'en'),
  ];
}

describe('whatever a model says', () => {
  it.each(attacks)('%s is only read, never active', (_, attack) => {
    for (const text of everyText(attack)) expect(activeIn(text, [9, 12])).toEqual([]);
  });

  it.each(attacks)('%s leaves what to type, notes, marker and structure as they are', (_, attack) => {
    const { body, listed } = renderIssue(viewFullOf(attack));
    expect(notesOf(body)).toBe('what people wrote');
    expect(hasMarker(body, 'issue', '7')).toBe(true);
    expect(listed).toEqual(['R1']);
    const controls = body.match(/^.*`\/(?:approve|reject|close|severity|verdict|undo|take).*$/gm) ?? [];
    expect(controls.filter((line) => line.startsWith('- `/approve'))).toHaveLength(1);
    expect(body.match(/^\s*(?:- )?(?:#|>(?! (?:⚠️|ℹ️)|$)|```(?!mermaid|$)|~~~|\|)/gm)).toBeNull();
  });

  it('is never active whatever pieces it is put together from', () => {
    const pieces = attacks
      .map(([, text]) => text)
      .concat(['\n', ' ', 'a', '-', '](', ']: ', '[E1', '\\', '`', '&', ';']);
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (attack) => {
        for (const rendered of everyText(attack)) expect(activeIn(rendered, [9, 12])).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it.each(['[E1]: /evil', '[E1]: evil', '[^1]: evil', '[E1]:evil'])(
    '%s makes no link of the evidence that others cite',
    (attack) => {
      for (const rendered of everyText(attack)) expect(activeIn(rendered, [9, 12])).toEqual([]);
    },
  );
});

describe('secrets in what a model says', () => {
  it.each([`ghp_${'a1B2'.repeat(9)}`, 'AKIAQQQQWWWWEEEERRRR', 'password=correcthorse'])(
    'are not shown: %s',
    (secret) => {
      for (const rendered of everyText(`x ${secret} y`)) expect(rendered).not.toContain(secret.slice(-12));
    },
  );

  it('are not shown in part when a sentence is cut in the middle of one', () => {
    for (const limit of [140, 300, 400])
      for (let before = limit - 30; before < limit + 6; before += 2) {
        for (const filler of ['x ', 'x:']) {
          const text = `${filler.repeat(before / 2)}ghp_${'Zq9'.repeat(12)}`;
          for (const rendered of everyText(text)) expect(rendered).not.toContain('ghp_Zq');
        }
      }
  });
});
