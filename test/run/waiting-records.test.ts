import { expect, it } from 'vitest';
import { createMasking } from '../../src/domain/masking.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import { createWaitingRecords } from '../../src/run/waiting-records.ts';
import { createStore } from '../../src/store/store.ts';
import { testDatabase } from '../store/postgres.ts';

it('a database that fails once while it is asked whether records wait does not stop the pipeline for good', async () => {
  await using database = await testDatabase();
  const store = createStore(database.pool);
  const { privacy } = safeDefaults('acme/soc-config');
  const waiting = createWaitingRecords({
    store,
    clock: { now: () => new Date() },
    policy: { held: () => undefined },
    masking: createMasking('key-of-the-test', () => privacy),
  });
  await store.query('alter table setting rename to away');
  await expect(waiting.masked([])).rejects.toThrow(/setting/);
  await store.query('alter table away rename to setting');
  expect(await waiting.masked([])).toEqual([]);
});
