import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { saveGood } from '../../src/policy/policy-store.ts';
import { writeSetting } from '../../src/store/settings-table.ts';
import { filesOf } from '../policy/policy-files.ts';
import { scratch } from '../scratch.ts';
import { appInTest } from './app-in-test.ts';
import { soc } from './in-rooms.ts';

it('shows no alert in the default repository after an upgrade that does not understand the routes', async () => {
  const folder = scratch('config');
  const settings = '---\nrooms: [{ repository: acme/soc-private, restricted: true }]\nno_such_key: 1\n---\n';
  writeFileSync(join(folder, 'yagura.md'), settings);
  const old = { commit: 'a'.repeat(40), files: filesOf({ 'yagura.md': settings }) };
  const rooms = [{ key: 'acme/soc-private', id: 4711, installationId: 42 }];
  const accepted = { installationIds: [42], repositories: [] };
  await using at = await appInTest(new Date('2026-03-02T09:00:00Z'), folder, {}, async (store) => {
    await saveGood(store, 'acme/soc-config', old, new Date('2026-03-01T09:00:00Z'));
    await writeSetting(store, 'rooms', rooms);
    await writeSetting(store, 'accepted', accepted);
  });
  await at.post({ title: 'Odd login on payroll-1', severity: 'critical', host: 'payroll-1' });
  await at.pass(300);
  expect(await at.rows('select 1 from raw_record')).toHaveLength(1);
  expect(await at.rows('select 1 from incident')).toEqual([]);
  expect((await at.a.github.issuesSince(soc, new Date(0))).map(({ title }) => title)).toEqual([]);
  const problems = await at.app.readiness.problems();
  expect(problems).toContainEqual({ part: 'policy', problem: expect.stringContaining('nothing is published') });
  // Alerts of other organizations go on being taken, since nobody said that they should not.
  const held = await at.rows(`select key, value from setting where key in ('rooms', 'accepted') order by key`);
  expect(held).toEqual([
    { key: 'accepted', value: accepted },
    { key: 'rooms', value: rooms },
  ]);
});
