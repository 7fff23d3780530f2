import { expect, it } from 'vitest';
import { changes } from '../../src/policy/changes.ts';
import { goodPolicy, problemsIn } from './policy-files.ts';

it('says how long what may take, and leaves the rest as it was', () => {
  const policy = goodPolicy({
    'policies/vulnerabilities.md': '---\ndays: { high: 14 }\nlikely_from: 0.3\n---\nPay the debt.\n',
    'knowledge/kev.md': '"CVE-2026-10001","Acme","Pad"\nCVE-2026-10001 CVE-26-1\nCVE-2026-1234567\n',
  });
  expect(policy.vulnerabilities).toEqual({
    days: { critical: 7, high: 14, medium: 90, low: 180 },
    ...{ exploitedDays: 7, exposedDays: 30, bothDays: 2, likelyFrom: 0.3 },
    kev: ['CVE-2026-10001', 'CVE-2026-1234567'],
  });
  expect(policy.prose).toEqual([{ path: 'policies/vulnerabilities.md', text: 'Pay the debt.' }]);
});

it.each([
  ['days: { high: -1 }', 'days.high'],
  ['days: { urgent: 1 }', 'Key "urgent" is not known'],
  ['likely_from: 10', 'likely_from'],
  ['exploited_days: soon', 'exploited_days'],
])('refuses %s', (line, expected) => {
  const [problem = '', ...others] = problemsIn({ 'policies/vulnerabilities.md': `---\n${line}\n---\n` });
  expect(problem).toContain(expected);
  expect(others).toEqual([]);
});

it('a change of it is told on the pull request', () => {
  const next = goodPolicy({ 'policies/vulnerabilities.md': '---\nboth_days: 1\n---\n' });
  const told = changes(goodPolicy({}), next).map(({ sentence }) => sentence);
  expect(told.join('\n')).toContain('both_days: 1');
});
