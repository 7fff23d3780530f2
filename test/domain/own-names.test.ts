import { describe, expect, it } from 'vitest';
import { inDomain, ownNames } from '../../src/domain/own-names.ts';
import type { ContextEntry } from '../../src/domain/policy.ts';

const page = (kind: ContextEntry['kind'], name: string, ...users: string[]): ContextEntry => ({
  kind,
  name,
  entities: users.map((value) => ({ type: 'user', value })),
  cidr: [],
  shared: false,
  body: '',
  origin: { path: `context/people/${name}.md`, line: 1 },
});

const people = [{ login: 'ken', name: 'Ken', origin: { path: 'context/people/ken.md', line: 4 } }];
const inDomains = (...context: ContextEntry[]) => ownNames('Ken', { context, people }).inDomains;

describe('an account is somebody’s in every domain', () => {
  it.each<[string, ContextEntry[], string[]]>([
    ['where their page writes it without one', [page('person', 'ken', 'ken', 'k.ito')], ['ken', 'k.ito']],
    ['not where no page says so: a login is of GitHub', [page('person', 'ken', 'k.ito')], ['k.ito']],
    ['not where they have no page', [], []],
    ['not one the page writes with a domain, also beside itself', [page('person', 'ken', 'ken', 'corp\\ken')], []],
    [
      'not one that another person has as well',
      [page('person', 'ken', 'ken', 'admin'), page('person', 'mika', 'admin')],
      ['ken'],
    ],
    [
      'not one that another has in a domain of theirs',
      [page('person', 'ken', 'ken', 'admin'), page('person', 'mika', 'web-01\\admin')],
      ['ken'],
    ],
    [
      'not one that a page of accounts describes',
      [page('person', 'ken', 'ken', 'root'), page('account', 'servers', 'root')],
      ['ken'],
    ],
    ['not an address, which is whole as it is', [page('person', 'ken', 'ken@example.com')], []],
  ])('%s', (_, context, names) => {
    expect(inDomains(...context)).toEqual(names);
  });

  it('and theirs as written whoever else has it', () => {
    const context = [page('person', 'ken', 'admin', 'corp\\ken'), page('person', 'mika', 'admin')];
    expect(ownNames('ken', { context, people }).exact).toEqual(['ken', 'admin', 'corp\\ken']);
  });
});

it.each([
  ['corp\\ken', 'ken'],
  ['.\\ken', 'ken'],
  ['ken', undefined],
  ['\\ken', undefined],
  ['a\\b\\ken', undefined],
  ['ken@example.com', undefined],
])('%s is the account %s in a domain', (name, account) => {
  expect(inDomain(name)).toBe(account);
});
