import { expect, test } from 'vitest';
import { type AdapterInTest, adapterInTest, forgeErrorOf, soc } from './adapter-in-test.ts';

const made = async (a: AdapterInTest, title: string) =>
  (await a.github.createIssue(soc, { title, body: '', labels: [] })).number;

test('an issue is pinned once', async () => {
  await using a = await adapterInTest();
  const number = await made(a, 'Queue');
  await a.github.pinIssue(soc, number);
  await a.github.pinIssue(soc, number);
  // Asked twice, pinned once.
  expect(a.requests.filter((line) => /^POST .*ql 200$/.test(line))).toHaveLength(3);
});

test('a fourth is refused, with what GitHub says', async () => {
  await using a = await adapterInTest();
  for (const title of ['one', 'two', 'three']) await a.github.pinIssue(soc, await made(a, title));
  const refused = await forgeErrorOf(a.github.pinIssue(soc, await made(a, 'four')));
  expect([refused.reason, refused.message]).toEqual([
    'validation',
    'GitHub answered: Maximum 3 pinned issues per repository',
  ]);
});

test('without the permission, and where there is no such issue, it is refused', async () => {
  await using a = await adapterInTest();
  const number = await made(a, 'Queue');
  expect((await forgeErrorOf(a.github.pinIssue(soc, 99))).reason).toBe('not-found');
  const { state } = a.t.forge;
  for (const one of state.store.all('installation'))
    state.store.put('installation', { ...one, permissions: { ...one.permissions, issues: 'read' } });
  expect((await forgeErrorOf(a.github.pinIssue(soc, number))).reason).toBe('forbidden');
});

test('requests of another kind than REST do not count in what is left of the hour', async () => {
  await using a = await adapterInTest();
  const number = await made(a, 'Queue');
  const before = await a.github.requestsLeft();
  await a.github.pinIssue(soc, number);
  expect(await a.github.requestsLeft()).toEqual(before);
});
