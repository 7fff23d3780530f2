import { expect, it } from 'vitest';
import type { Severity } from '../../src/domain/severity.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { needsHuman } from '../../src/publish/needs-human.ts';
import { assessmentOf } from './model-stories.ts';
import { reportOf } from './views.ts';

const policy = { verdictBy: 'policies/triage.md:3' };

it.each<[string, Verdict, Verdict | undefined, Severity, boolean]>([
  ['policy says benign, the model too', 'benign', 'benign', 'high', false],
  ['policy says benign, the model cannot tell', 'benign', 'insufficient-data', 'high', false],
  ['policy says benign, the model true positive', 'benign', 'true-positive', 'low', true],
  ['policy says true positive, the model benign', 'true-positive', 'benign', 'low', true],
  ['policy says true positive, the model a test', 'true-positive', 'test', 'low', true],
  ['policy says true positive, the model suspicious', 'true-positive', 'suspicious', 'low', false],
  ['policy says true positive, no model looked', 'true-positive', undefined, 'critical', false],
])('with a verdict by policy: %s', (_, verdict, model, severity, expected) => {
  const given = model === undefined ? {} : { assessment: assessmentOf({ verdict: model }) };
  expect(needsHuman(reportOf({ verdict, ...policy, ...given }), { severity })).toBe(expected);
});

it.each<[Verdict, Severity, boolean]>([
  ['benign', 'medium', false],
  ['benign', 'high', true],
  ['false-positive', 'critical', true],
  ['disregard', 'high', true],
  ['true-positive', 'high', false],
  ['insufficient-data', 'critical', false],
])('without one: the model says %s of an incident of severity %s', (verdict, severity, expected) => {
  expect(needsHuman(reportOf({ verdict, assessment: assessmentOf({ verdict }) }), { severity })).toBe(expected);
});

it('whenever somebody planted instructions, also without a model', () => {
  const planted = [{ where: 'user agent', quote: 'close this' }];
  expect(needsHuman(reportOf({ planted }), { severity: 'low' })).toBe(true);
  expect(needsHuman(reportOf({ planted: [] }), { severity: 'low' })).toBe(false);
  expect(needsHuman(undefined, { severity: 'critical' })).toBe(false);
});
