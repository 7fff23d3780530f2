import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Touched, walkSince } from '../../src/github/since.ts';

/** A forge's list: touched at or after a second, oldest touch first, 100 a page. */
function listOf(items: () => Touched[]) {
  return async (since: string, page: number) =>
    items()
      .filter((item) => item.updatedAt.getTime() >= Date.parse(since))
      .toSorted((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime() || a.id - b.id)
      .slice((page - 1) * 100, page * 100);
}

const at = (second: number) => new Date(second * 1000);

test('everything touched since is found once, oldest touch first, however many share a second', async () => {
  const seconds = fc.array(fc.nat({ max: 4 }), { maxLength: 450 });
  await fc.assert(
    fc.asyncProperty(seconds, fc.nat({ max: 4 }), async (touches, since) => {
      const items = touches.map((second, id) => ({ id, updatedAt: at(second) }));
      const found = await walkSince(
        at(since),
        listOf(() => items),
      );
      const expected = await listOf(() => items)(at(since).toISOString(), 1);
      expect(found.slice(0, 100)).toEqual(expected);
      expect(found.map((item) => item.id).toSorted()).toEqual(
        items
          .filter((item) => item.updatedAt >= at(since))
          .map((item) => item.id)
          .toSorted(),
      );
    }),
    { numRuns: 60 },
  );
});

test('an item touched during the walk makes none skipped', async () => {
  let items = Array.from({ length: 350 }, (_, id) => ({ id, updatedAt: at(id) }));
  const list = listOf(() => items);
  let requests = 0;
  const found = await walkSince(at(0), async (since, page) => {
    const answer = await list(since, page);
    requests += 1;
    // Somebody touches ten early ones between any two pages.
    items = items.map((item) => (item.id < requests * 10 ? { ...item, updatedAt: at(1000 + requests) } : item));
    return answer;
  });
  expect(new Set(found.map((item) => item.id)).size).toBe(350);
});

test('a moment inside a second finds what was touched in that second', async () => {
  const items = [{ id: 1, updatedAt: at(5) }];
  expect(
    await walkSince(
      new Date(5999),
      listOf(() => items),
    ),
  ).toEqual(items);
});

test('a server that compares its finer times as text loses nothing', async () => {
  const items = Array.from({ length: 350 }, (_, id) => ({ id, updatedAt: new Date(5_000 + Math.floor(id / 3) * 10) }));
  const list = async (since: string, page: number) =>
    items.filter((item) => item.updatedAt.toISOString() >= since).slice((page - 1) * 100, page * 100);
  expect((await walkSince(at(5), list)).length).toBe(350);
});
