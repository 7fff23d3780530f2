import { expect, it } from 'vitest';
import { createMasking } from '../../src/domain/masking.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import { storeDelivery } from '../../src/run/deliveries.ts';
import { attack, spine } from './spine.ts';

const everything = `
  select 'delivery' as place, payload::text as text from delivery
  union all select 'comment', body from comment
  union all select 'command', concat_ws(' ', text, understood, answer) from command
  union all select 'ledger', body from ledger
  union all select 'publication', concat_ws(' ', text, sent::text) from publication
  union all select 'raw record', convert_from(content, 'UTF8') from raw_record
  union all select 'alert', a::text from alert a
  union all select 'evidence', e::text from evidence e`;

it('a secret in a comment is stored nowhere, and the command beside it is answered', async () => {
  await using s = await spine();
  await s.take(attack(1));
  const [row] = (await s.store.query<{ issue: string }>('select issue from incident')).rows;
  const issue = Number(row?.issue);
  await s.comment('hana', issue, '/close fp the token was ghp_abcdefghijklmnopqrstuvwx and is gone');
  await s.deliver();
  expect((await s.issue(issue)).state).toBe('closed');
  const found = await s.store.query(`select place from (${everything}) as all_of_it where text like '%ghp_abcdef%'`);
  expect(found.rows).toEqual([]);
  const kept = await s.store.query(
    `select place from (${everything}) as all_of_it where text like '%[secret removed]%'`,
  );
  expect(kept.rows.map(({ place }) => place)).toContain('comment');
});

it('a webhook is masked when it is stored, before anybody looked at it', async () => {
  await using s = await spine();
  const payload = { issue: { number: 1, body: 'ghp_abcdefghijklmnopqrstuvwx' }, comment: { body: '/redact Hanako' } };
  const delivery = {
    guid: 'g',
    event: 'issue_comment',
    action: 'created',
    installationId: 1,
    repositoryId: 1,
    payload,
  };
  const masking = createMasking('key-of-the-test', () => s.policy.privacy);
  await storeDelivery({ store: s.store, masking }, delivery, s.now());
  const [row] = (await s.store.query<{ payload: { payload: unknown } }>('select payload from delivery')).rows;
  expect(row?.payload.payload).toEqual({
    issue: { number: 1, body: '[secret removed]' },
    comment: { body: '/redact [text removed]' },
  });
});

it('a masked person joins alerts as before, and stands nowhere by name', async () => {
  const privacy = { ...safeDefaults('acme/soc-config').privacy, email: 'mask' as const, name: 'mask' as const };
  await using s = await spine({ privacy });
  const person = { full_name: 'Hana Sato', entities: [{ type: 'email', value: 'hana@acme.example' }] };
  await s.take({ title: 'Odd login of hana@acme.example', severity: 'high', ...person });
  await s.take({ title: 'Mailbox rule', severity: 'high', ...person });
  expect((await s.store.query('select id from incident')).rows).toHaveLength(1);
  const entity = await s.store.query<{ value: string }>(`select distinct value from alert_entity where type = 'email'`);
  expect(entity.rows).toEqual([{ value: expect.stringMatching(/^person-[0-9a-f]{10}@acme[.]example$/) }]);
  const found = await s.store.query(`select place from (${everything}) as all_of_it where text ~* 'hana@|hana sato'`);
  expect(found.rows).toEqual([]);
});
