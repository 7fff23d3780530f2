import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConditionSubject, glob, matches } from '../../src/domain/condition.ts';
import type { Condition } from '../../src/domain/policy.ts';

const subject: ConditionSubject = {
  kind: 'threat',
  source: 'falco',
  rule: 'Detect crypto miners',
  title: 'xmrig (pid 4242) started on web-01',
  effectiveSeverity: 'high',
  entities: [
    { type: 'ip', value: '203.0.113.7' },
    { type: 'ip', value: '2001:db8::7' },
    { type: 'host', value: 'web-01' },
    { type: 'domain', value: 'named.example', from: 'field' },
    { type: 'domain', value: 'written.example', from: 'text' },
    { type: 'user', value: 'ken', from: 'text' },
  ],
};

/** What a glob means, by a regular expression made of escaped pieces. */
function reference(pattern: string, text: string): boolean {
  const pieces = pattern.split('*').map((piece) => piece.toLowerCase().replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'));
  return new RegExp(`^${pieces.join('[^]*')}$`).test(text.toLowerCase());
}

describe('a condition', () => {
  it.each<[string, Condition]>([
    ['nothing', {}],
    ['one of several kinds', { kind: ['vulnerability', 'threat'] }],
    ['any case', { source: ['FALCO'], rule: ['detect CRYPTO miners'] }],
    ['a run of characters', { title: ['*xmrig*', 'never'] }],
    ['characters that mean something in expressions', { title: ['xmrig (pid *) started on web-01'] }],
    ['a lower severity', { severity: 'low' }],
    ['an entity of a type', { entity: { type: 'host' } }],
    ['an entity by a block', { entity: { type: 'ip', value: ['203.0.113.0/24'] } }],
    ['an entity by a block of IPv6', { entity: { value: ['2001:db8::/32'] } }],
    ['an entity that a field names', { entity: { type: 'domain', value: ['*.example'] } }],
    ['an entity by a pattern', { entity: { value: ['web-*'] } }],
  ])('holds for %s', (_what, condition) => {
    expect(matches(condition, subject)).toBe(true);
  });

  it.each<[string, Condition]>([
    ['another kind', { kind: ['advisory'] }],
    ['part of a text', { rule: ['crypto'] }],
    ['a dot for any character', { source: ['fal.o'] }],
    ['a higher severity', { severity: 'critical' }],
    ['a type that is not there', { entity: { type: 'url' } }],
    ['an entity that only stands in a text', { entity: { type: 'domain', value: ['written.example'] } }],
    ['a type that only stands in a text', { entity: { type: 'user' } }],
    ['a value of another type', { entity: { type: 'ip', value: ['web-01'] } }],
    ['another block', { entity: { type: 'ip', value: ['203.0.112.0/24'] } }],
    ['one part of two', { kind: ['threat'], source: ['guardduty'] }],
  ])('does not hold for %s', (_what, condition) => {
    expect(matches(condition, subject)).toBe(false);
  });
});

describe('a glob', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'B', '*', '.', '(', '\\', '櫓'), maxLength: 12 });

  it('means the same as an expression made of its escaped pieces', () => {
    fc.assert(
      fc.property(word, word, (pattern, text) => {
        expect(glob(pattern, text)).toBe(reference(pattern, text));
      }),
    );
  });

  it('matches a text it was made from by replacing any part with a star', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), (text, a, b) => {
        const lower = text.toLowerCase();
        const [from, to] = [a % (lower.length + 1), b % (lower.length + 1)].sort((x, y) => x - y);
        expect(glob(`${lower.slice(0, from)}*${lower.slice(to)}`, lower)).toBe(true);
      }),
    );
  });

  it('is not slowed down by many stars', () => {
    // An expression with these stars would need more steps than there are atoms.
    expect(glob(`${'a*'.repeat(500)}b`, 'a'.repeat(5_000))).toBe(false);
  });
});
