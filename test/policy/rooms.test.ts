import { describe, expect, it } from 'vitest';
import type { ParsedAlert } from '../../src/domain/alert.ts';
import { openRooms, policyIn, roomOf, routeOf } from '../../src/domain/room.ts';
import { changes } from '../../src/policy/changes.ts';
import { goodPolicy, problemsIn } from './policy-files.ts';

/** `yagura.md` of an organization with two more rooms, and routes to them. */
function settings(...routes: string[]): Record<string, string> {
  const lines = [
    'language: en',
    'time_zone: UTC',
    'accept: [Acme, acme-labs/Infra]',
    'rooms:',
    '  - repository: acme/SOC-private',
    '    restricted: true',
    '    language: ja',
    '    time_zone: Asia/Tokyo',
    '  - repository: acme-labs/soc',
    ...(routes.length > 0 ? ['routes:', ...routes] : []),
  ];
  return { 'yagura.md': `---\n${lines.join('\n')}\n---\n` };
}

const toPrivate = '  - { when: { repository: acme/payroll* }, to: acme/soc-private, because: wages }';
const toLabs = '  - { when: { organization: acme-labs }, to: acme-labs/soc, because: their own }';
const stay = '  - { when: { kind: leaked-secret, organization: acme-labs }, to: default, because: ours }';

function alert(scope: ParsedAlert['scope'], more: Partial<ParsedAlert> = {}) {
  return {
    kind: 'threat' as const,
    source: 'github',
    rule: 'r',
    title: 't',
    entities: [],
    ...more,
    ...(scope && { scope }),
  };
}

describe('rooms of yagura.md', () => {
  it('have a language and a time zone of their own where they say so', () => {
    const policy = goodPolicy(settings());
    expect(policy.accept).toEqual(['acme', 'acme-labs/infra']);
    expect(roomOf(policy, 'acme/soc-private')).toMatchObject({
      restricted: true,
      language: 'ja',
      timeZone: 'Asia/Tokyo',
    });
    expect(roomOf(policy, 'acme-labs/soc')).toMatchObject({ restricted: false, language: 'en', timeZone: 'UTC' });
    expect(policyIn(policy, 'acme/soc-private')).toMatchObject({ language: 'ja', timeZone: 'Asia/Tokyo' });
    expect(policyIn(policy, '')).toBe(policy);
  });

  it('one that is listed no longer is taken for restricted', () => {
    const policy = goodPolicy(settings());
    expect(openRooms(policy)).toEqual(['', 'acme-labs/soc']);
    expect(roomOf(policy, 'acme/gone').restricted).toBe(true);
  });

  it('the first route that fits says where an alert goes', () => {
    const policy = goodPolicy(settings(toPrivate, stay, toLabs));
    expect(routeOf(alert({ organization: 'acme', repository: 'acme/payroll-api' }), policy)).toBe('acme/soc-private');
    expect(routeOf(alert({ organization: 'acme', repository: 'acme/shop' }), policy)).toBe('');
    expect(routeOf(alert({ organization: 'Acme-Labs' }), policy)).toBe('acme-labs/soc');
    expect(routeOf(alert({ organization: 'acme-labs' }, { kind: 'leaked-secret' }), policy)).toBe('');
    expect(routeOf(alert(undefined), policy)).toBe('');
  });

  it('a route to a restricted room wins wherever it stands, and the first of those', () => {
    const anything = '  - { when: { organization: acme }, to: acme-labs/soc, because: busy }';
    const policy = goodPolicy(settings(anything, toPrivate));
    expect(routeOf(alert({ organization: 'acme', repository: 'acme/payroll-api' }), policy)).toBe('acme/soc-private');
    expect(routeOf(alert({ organization: 'acme', repository: 'acme/shop' }), policy)).toBe('acme-labs/soc');
  });

  it('an alert that does not say where it comes from matches no pattern of it, not even *', () => {
    const policy = goodPolicy(settings('  - { when: { account: "*" }, to: acme-labs/soc, because: clouds }'));
    expect(routeOf(alert({ organization: 'acme' }), policy)).toBe('');
    expect(routeOf(alert({ account: '111122223333' }), policy)).toBe('acme-labs/soc');
  });
});

describe('the check of a config repository', () => {
  it.each([
    [
      ['  - { when: {}, to: acme/soc-privat, because: x }'],
      'yagura.md:12 No room is "acme/soc-privat"; did you mean acme/soc-private?',
    ],
    [
      ['  - { when: { severity: high }, to: default, because: x }'],
      'yagura.md:12 Key "severity" is not known. Allowed: kind, source, rule, organization, repository, account, region, entity.',
    ],
    [['  - { when: {}, to: soc, because: x }'], 'yagura.md:12 '],
  ])('refuses %j', (routes, problem) => {
    const found = problemsIn(settings(...routes));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
  });

  it('refuses a room that is listed twice, in any letter case', () => {
    const text = '---\nrooms:\n  - repository: acme/soc-x\n  - repository: ACME/soc-x\n---\n';
    expect(problemsIn({ 'yagura.md': text })).toEqual(['yagura.md:4 The room "acme/soc-x" is listed already.']);
  });

  it.each([
    [
      'opens the room `acme/soc-private`',
      [toPrivate],
      [toPrivate],
      (text: string) => text.replace('    restricted: true\n', ''),
    ],
    ['removes the route to `acme/soc-private` (`wages`)', [toPrivate, toLabs], [toLabs], undefined],
    ['changes the order of the routes', [toPrivate, toLabs], [toLabs, toPrivate], undefined],
    ['removes the room `acme-labs/soc`', [], [], (text: string) => text.replace('  - repository: acme-labs/soc\n', '')],
    ['takes no more alerts of `acme`', [], [], (text: string) => text.replace('Acme, ', '')],
  ])('warns of a change that %s', (sentence, before, after, edit) => {
    const text = settings(...after)['yagura.md'] ?? '';
    const next = goodPolicy({ 'yagura.md': edit ? edit(text) : text });
    const warnings = changes(goodPolicy(settings(...before)), next).filter(({ level }) => level === 'warning');
    expect(warnings.map((one) => one.sentence).join('\n')).toContain(sentence);
  });
});
