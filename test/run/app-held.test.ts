import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { saveGood } from '../../src/policy/policy-store.ts';
import { writeSetting } from '../../src/store/settings-table.ts';
import { seedOrganization } from '../forge/second-organization.ts';
import { filesOf } from '../policy/policy-files.ts';
import { scratch } from '../scratch.ts';
import { appInTest } from './app-in-test.ts';
import { hidden, soc } from './in-rooms.ts';

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

it('keeps alerts while GitHub is away at its first start, then masks them and opens each in its room', async () => {
  const folder = scratch('config');
  mkdirSync(join(folder, 'policies'));
  writeFileSync(join(folder, 'policies', 'privacy.md'), '---\nemail: mask\n---\n');
  writeFileSync(
    join(folder, 'yagura.md'),
    `---
organization: Acme
rooms: [{ repository: acme/soc-private, restricted: true }]
routes:
  - { when: { entity: { type: host, value: 'payroll*' } }, to: acme/soc-private, because: wages }
---
`,
  );
  await using at = await appInTest(new Date('2026-03-02T09:00:00Z'), folder, {}, async (_, { t }) => {
    seedOrganization(t.forge.state, { login: 'acme', repositories: { 'soc-private': {} } });
    t.forge.faults.set([{ kind: 'rest-502' }], 1);
  });
  const alert = { title: 'Odd login of mika@acme.example', severity: 'critical', host: 'payroll-1' };
  await at.post(alert);
  await at.pass(30);
  expect(await at.rows('select 1 from raw_record')).toHaveLength(1);
  expect(await at.rows('select 1 from incident')).toEqual([]);
  at.a.t.forge.faults.set([], 1);
  await at.pass(300);
  // The same once more is no second record.
  await at.post(alert);
  await at.pass(10);
  const [record, ...more] = await at.rows<{ content: Buffer }>('select content from raw_record');
  expect(more).toEqual([]);
  expect(record?.content.toString()).toMatch(/person-[0-9a-f]{10}@acme\.example/);
  const titles = async (room: typeof soc) => (await at.a.github.issuesSince(room, new Date(0))).map((i) => i.title);
  expect((await titles(hidden)).join()).toMatch(/Odd login of person-[0-9a-f]{10}/);
  expect((await titles(soc)).join()).not.toContain('Odd login');
  expect(JSON.stringify(await at.rows('select * from alert'))).not.toContain('mika');
});
