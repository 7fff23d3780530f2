import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Route } from '../../src/domain/policy.ts';
import { runningPipeline } from '../running-pipeline.ts';
import { call, login, loginRules, useRules } from './counted-logins.ts';

const fixture = (path: string): object =>
  JSON.parse(readFileSync(new URL(`../fixtures/sources/${path}`, import.meta.url), 'utf8'));

const origin = { path: 'yagura.md', line: 2 };
const rooms = [{ key: 'acme/soc-cloud', restricted: false, origin }];
const route = (when: Route['when']): Route => ({ when, to: 'acme/soc-cloud', because: 'x', origin });

it('where an alert of a cloud comes from is kept with it, and says which room it belongs in', async () => {
  await using p = await runningPipeline();
  p.policy = { ...p.policy, rooms, routes: [route({ account: ['111122223333'], region: ['eu-*', 'ap-*'] })] };
  await p.receive('guardduty', [fixture('guardduty/mining-pool-eventbridge.json')]);
  await p.take({ title: 'Another', host: 'web-1' });
  expect(
    await p.rows('select a.scope, i.room from alert a join incident i on i.id = a.incident_id order by a.id'),
  ).toEqual([
    { scope: { account: '111122223333', region: 'ap-northeast-1' }, room: 'acme/soc-cloud' },
    { scope: {}, room: '' },
  ]);
});

it('where a webhook of GitHub comes from is kept with its alert: organization, repository and installation', async () => {
  await using p = await runningPipeline();
  p.policy = { ...p.policy, rooms, routes: [route({ organization: ['acme'], kind: ['leaked-secret'] })] };
  const alert = { number: 3, created_at: '2026-03-01T11:00:00Z', secret_type: 'aws', state: 'open' };
  const repository = { id: 9, full_name: 'Acme/Shop-API' };
  const record = { event: 'secret_scanning_alert', action: 'created', alert, repository };
  await p.receive('github', [record], { installation: 7, repository: 9 });
  await p.run();
  expect(await p.rows('select a.scope, i.room from alert a join incident i on i.id = a.incident_id')).toEqual([
    {
      scope: { organization: 'acme', repository: 'acme/shop-api', repositoryId: 9, installation: 7 },
      room: 'acme/soc-cloud',
    },
  ]);
});

it('an alert of a correlation rule belongs where its last event comes from', async () => {
  await using p = await runningPipeline();
  const here = route({ account: [call.recipientAccountId] });
  p.policy = { ...p.policy, rooms, routes: [here] };
  useRules(p, loginRules('gte: 2'));
  p.now = new Date('2026-03-01T12:09:00Z');
  await p.receive('cloudtrail', [login(1), login(2)]);
  await p.run();
  const rows = await p.rows<{ product: string; room: string }>(
    'select a.product, i.room from alert a join incident i on i.id = a.incident_id',
  );
  expect(rows).toContainEqual({ product: 'Sigma correlation', room: 'acme/soc-cloud' });
  expect(new Set(rows.map(({ room }) => room))).toEqual(new Set(['acme/soc-cloud']));
});

it('an alert of a correlation rule belongs in the restricted room one of its events belongs in, whichever and whenever it came', async () => {
  await using p = await runningPipeline();
  const hidden = rooms.map((room) => ({ ...room, restricted: true }));
  const here = route({ account: ['444455556666'] });
  p.policy = { ...p.policy, rooms: hidden, routes: [here] };
  useRules(p, loginRules('gte: 2', { groupBy: 'eventName' }));
  p.now = new Date('2026-03-01T12:09:00Z');
  for (const [minute, account] of [
    [1, '444455556666'],
    [2, '777788889999'],
  ] as const) {
    await p.receive('cloudtrail', [login(minute, { recipientAccountId: account })]);
    await p.run();
    p.restart();
  }
  const found = await p.rows(
    `select i.room, a.scope ->> 'account' as account from alert a join incident i on i.id = a.incident_id
     where a.product = 'Sigma correlation'`,
  );
  expect(found).toEqual([{ room: 'acme/soc-cloud', account: '444455556666' }]);
});

const cloud = { provider: 'aws', account: { id: '444455556666' }, region: 'eu-west-1' };

it.each([
  ['falco', { ...fixture('falco/shell-in-container.json'), cloud }],
  ['generic', { title: 'Root login', cloud: { account: { uid: 444455556666 }, region: 'eu-west-1' } }],
  [
    'falco',
    {
      ...fixture('falco/without-fields.json'),
      output_fields: { 'ct.region': 'eu-west-1', 'ct.recipientaccountid': '444455556666' },
    },
  ],
])('every product may say which account and region it is of: %s', async (source, record) => {
  await using p = await runningPipeline();
  p.policy = { ...p.policy, rooms, routes: [route({ account: ['444455556666'], region: ['eu-*'] })] };
  await p.receive(source, [record]);
  await p.run();
  expect(await p.rows('select a.scope, i.room from alert a join incident i on i.id = a.incident_id')).toEqual([
    { scope: { account: '444455556666', region: 'eu-west-1' }, room: 'acme/soc-cloud' },
  ]);
});

const anything = (source: string, where: string) => `title: Anything
id: 11111111-0000-4000-8000-00000000000${where.length}
level: high
logsource: { ${where} }
detection:
  selection: { ${source === 'auditd' ? 'CommandLine|contains: ls' : 'EventID: 4104'} }
  condition: selection
`;

it.each([
  ['windows', 'product: windows', { ...fixture('windows/powershell-winlogbeat.json'), cloud }],
  [
    'auditd',
    'product: linux, category: process_creation',
    {
      cloud,
      message:
        'type=SYSCALL msg=audit(1772366400.1:7): arch=c000003e syscall=59 success=yes pid=5 ppid=1 uid=0 exe="/usr/bin/ls"',
    },
    { cloud, message: 'type=EXECVE msg=audit(1772366400.1:7): argc=1 a0="ls"' },
  ],
])('so may who ships an event that a rule matches: %s', async (source, where, ...records) => {
  await using p = await runningPipeline();
  const detections = [{ path: 'detections/any.yml', text: anything(source, where) }];
  p.policy = { ...p.policy, detections, rooms, routes: [route({ account: ['444455556666'] })] };
  await p.receive(source, records);
  await p.run();
  expect(await p.rows('select a.scope, i.room from alert a join incident i on i.id = a.incident_id')).toEqual([
    { scope: { account: '444455556666', region: 'eu-west-1' }, room: 'acme/soc-cloud' },
  ]);
});
