import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { describe, expect, it } from 'vitest';
import { techniques } from '../../../src/investigate/attack/techniques.ts';
import { gateAsk } from '../../../src/investigate/gates/ask-gate.ts';
import { askAnswer, type ReportAnswer, reportAnswer } from '../../../src/investigate/gates/model-answer.ts';
import { gateReport } from '../../../src/investigate/gates/report-gate.ts';
import { answer, claim, ground } from './mining-ground.ts';

const offers = [
  { id: 'P1', action: 'block', target: { type: 'ip' as const, value: '203.0.113.7' }, rule: 'block-external-address' },
];

function gate(given: Partial<ReportAnswer> = {}, contradiction?: (verdict: string) => string | undefined) {
  return gateReport(reportAnswer.parse(answer(given)), ground, offers, techniques, 'en', contradiction);
}

const [benign, harmful] = answer().hypotheses as [
  ReportAnswer['hypotheses'][number],
  ReportAnswer['hypotheses'][number],
];
const invented = claim('203.0.113.99 did it.', ['E1']);

describe('a report that stands on its evidence', () => {
  it('passes whole, the likeliest reading first', () => {
    const { verdict, because, claims, questions, assessment, dropped } = gate();
    expect(verdict).toBe('true-positive');
    expect(because).toBe('The title “xmrig started as www-data” names a miner.');
    expect(claims.map((c) => c.evidence)).toEqual([['E1'], ['E2']]);
    expect(questions).toEqual([{ ask: 'Does anybody test load on web-01?', who: 'owner of web-01' }]);
    expect(dropped).toEqual([]);
    expect(assessment).toMatchObject({
      verdict: 'true-positive',
      confidence: 'high',
      hypotheses: [{ benign: false }, { benign: true }],
      severity: { proposed: 'high' },
      techniques: [{ id: 'T1496', name: 'Resource Hijacking' }],
      affected: [{ entity: { type: 'host', value: 'web-01' }, evidence: ['E1'] }],
      advice: [
        { action: 'block', target: { type: 'ip', value: '203.0.113.7' }, rule: 'block-external-address', now: true },
      ],
    });
  });
});

describe('a verdict reads insufficient data when', () => {
  it.each<[string, Partial<ReportAnswer>, RegExp]>([
    ['its reason is taken out', { because: invented }, /no reason that stands/],
    ['nothing supports the leading reading', { leading: 0 }, /No evidence is left/],
    [
      'the support of the leading reading is taken out',
      { hypotheses: [benign, { ...harmful, for: [invented] }] },
      /No evid/,
    ],
    [
      'the leading reading is taken out',
      { hypotheses: [benign, benign, { ...harmful, statement: '<b>x</b>' }], leading: 2 },
      /No evid/,
    ],
    ['the leading reading is one that is not there', { leading: 7 }, /No evidence is left/],
    ['it says harmless and thinks a harmful reading likeliest', { verdict: 'benign' }, /harmful reading likeliest/],
  ])('%s', (_, given, why) => {
    const gated = gate(given);
    expect(gated.verdict).toBe('insufficient-data');
    expect(gated.refused).toBe(given.verdict ?? 'true-positive');
    expect(gated.because).toMatch(why);
    expect(gated.assessment).toMatchObject({ verdict: 'insufficient-data', confidence: 'low' });
  });

  it.each<[string, ReportAnswer['hypotheses']]>([
    ['one reading', [benign]],
    ['no harmless reading', [harmful, harmful]],
    ['none', []],
    ['only one that passes', [benign, { ...harmful, statement: 'See [x](http://y.example)' }]],
  ])('%s was weighed, and nothing is added', (_, hypotheses) => {
    const gated = gate({ hypotheses, leading: 0 });
    expect(gated).toMatchObject({
      verdict: 'insufficient-data',
      claims: [],
      because: expect.stringMatching(/two readings/),
    });
    expect(gated.assessment).toBeUndefined();
  });

  it('our own facts contradict it', () => {
    const calm = {
      verdict: 'benign' as const,
      leading: 0,
      hypotheses: [{ ...benign, for: [claim('A miner runs.')] }, harmful],
    };
    expect(gate(calm).verdict).toBe('benign');
    const gated = gate(calm, (verdict) =>
      verdict === 'benign' ? 'A rule of the policy calls it a threat' : undefined,
    );
    expect(gated).toMatchObject({ verdict: 'insufficient-data', because: 'A rule of the policy calls it a threat' });
  });
});

describe('of a report is taken out and counted', () => {
  it.each<[string, Partial<ReportAnswer>, string]>([
    [
      'a technique that does not exist',
      { techniques: [{ id: 'T9999', because: claim('A miner runs.'), plain: 'x' }] },
      'names an ATT&CK technique that does not exist',
    ],
    [
      'a technique with a lookalike id',
      { techniques: [{ id: 'Т1496', because: claim('A miner runs.'), plain: 'x' }] },
      'names an ATT&CK technique that does not exist',
    ],
    [
      'a revoked technique',
      { techniques: [{ id: 'T1002', because: claim('A miner runs.'), plain: 'x' }] },
      'names an ATT&CK technique that is no longer used',
    ],
    [
      'an action the policy does not offer',
      { recommendations: [{ offer: 'P2', now: true, because: claim('A miner runs.'), plain: 'x' }] },
      'recommends what the policy does not offer',
    ],
    [
      'an entity that is not there',
      { affected: [{ entity: 'host:db-01', evidence: ['E1'] }] },
      'names an indicator no evidence has',
    ],
    ['an entity without evidence', { affected: [{ entity: 'host:web-01', evidence: [] }] }, 'cites nothing'],
    [
      'an entity with evidence that is not there',
      { affected: [{ entity: 'host:web-01', evidence: ['E8'] }] },
      'names evidence that does not exist',
    ],
    [
      'a severity without evidence',
      { severity: { proposed: 'low', because: claim('It is fine.', []) } },
      'cites nothing',
    ],
    [
      'a question with a link',
      { questions: [{ ask: 'Is [this](http://x.example) yours?', who: '' }] },
      'holds a link or markup',
    ],
    [
      'a question that names another address',
      { questions: [{ ask: 'Is 203.0.113.99 yours?', who: '' }] },
      'names an indicator no evidence has',
    ],
    [
      'what is more than a report may hold',
      { questions: Array(9).fill({ ask: 'Who?', who: 'x' }) },
      'more than a report may hold',
    ],
  ])('%s', (_, given, reason) => {
    const gated = gate(given);
    const [key] = Object.keys(given) as [keyof ReportAnswer];
    expect(gated.dropped.map((one) => one.reason)).toContain(reason);
    expect(gated.verdict).toBe('true-positive');
    if (reason === 'more than a report may hold') expect(gated.questions).toHaveLength(6);
    else if (key === 'questions') expect(gated.questions).toEqual([]);
    else if (key === 'severity') expect(gated.assessment).not.toHaveProperty('severity');
    else expect(gated.assessment?.[key === 'recommendations' ? 'advice' : (key as 'techniques')]).toEqual([]);
  });
});

it('confidence is not high on what could not be looked at', () => {
  expect(gate({ because: claim('The networks are not known.', ['E3']) }).assessment?.confidence).toBe('medium');
});

it('questions name addresses defanged', () => {
  expect(gate({ questions: [{ ask: 'Is 203.0.113.7 yours?', who: '' }] }).questions[0]?.ask).toBe(
    'Is 203.0.113[.]7 yours?',
  );
});

it('an answer to a question keeps only what its evidence shows', () => {
  const gated = gateAsk({ claims: [claim('A miner runs.'), invented], cannotSay: 'Who started it.' }, ground);
  expect(gated.claims).toHaveLength(1);
  expect(gated.cannotSay).toBe('Who started it.');
  expect(gated.dropped).toEqual([{ reason: 'names an indicator no evidence has', count: 1 }]);
});

it('both answers can be asked for on the wire, every field with an instruction or of a closed kind', () => {
  for (const schema of [reportAnswer, askAnswer]) {
    const { schema: wire } = zodOutputFormat(schema);
    expect(JSON.stringify(wire)).toContain('"additionalProperties":false');
    expect(JSON.stringify(wire)).not.toContain('{minimum');
  }
});

it('the table of techniques is MITRE’s, with its notice', () => {
  expect(techniques.size).toBeGreaterThan(800);
  expect(techniques.get('T1190')).toEqual({
    id: 'T1190',
    name: 'Exploit Public-Facing Application',
    tactics: ['initial-access'],
    revoked: false,
  });
  expect([...techniques.keys()].every((id) => /^T\d{4}(\.\d{3})?$/.test(id))).toBe(true);
});
