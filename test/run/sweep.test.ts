import { describe, expect, it } from 'vitest';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import { attack, spine } from './spine.ts';

const on = { owner: 'acme', repo: 'soc' };

describe('the sweep', () => {
  it('finds the comments that no webhook told of, each once', async () => {
    await using s = await spine();
    await s.take(attack(1));
    s.pass(2);
    const { issues } = s.a.t.person('hana').rest;
    await issues.createComment({ ...on, issue_number: 1, body: '/take' });
    await issues.createComment({ ...on, issue_number: 1, body: 'no command' });
    for (let n = 0; n < 3; n += 1) {
      await s.sweep();
      s.pass(2);
      await s.settle();
    }
    expect(s.log.filter((line) => line.includes('was found by sweep'))).toHaveLength(1);
    expect((await s.store.query('select 1 from command')).rowCount).toBe(1);
  });

  it('comes to rest: a second look at an untouched repository writes nothing, adopted issues included', async () => {
    await using s = await spine();
    await s.take(attack(1));
    await s.a.t.person('hana').rest.issues.create({ ...on, title: 'Odd mail', body: 'from 203.0.113.8' });
    await s.comment('hana', 2, '/adopt');
    for (let n = 0; n < 3; n += 1) {
      s.pass(61);
      await s.sweep();
      await s.settle();
    }
    s.a.requests.length = 0;
    for (let n = 0; n < 3; n += 1) {
      s.pass(61);
      await s.sweep();
      await s.settle();
    }
    expect(s.a.requests.filter((line) => !line.startsWith('GET '))).toEqual([]);
  });

  it('accepts a close whose webhook never came, of somebody with the right', async () => {
    await using s = await spine();
    await s.take(attack(1));
    await s.a.t.person('hana').rest.issues.update({ ...on, issue_number: 1, state: 'closed' });
    s.pass(5);
    await s.sweep();
    s.pass(60);
    await s.settle();
    expect((await s.issue(1)).state).toBe('closed');
    const [incident] = (await s.store.query('select status, closed_by from incident')).rows;
    expect(incident).toEqual({ status: 'closed', closed_by: 'hana' });
  });

  it('leaves an issue alone whose webhook waits to be read', async () => {
    await using s = await spine();
    await s.take(attack(1));
    const published = () => s.store.query('select key, touched from publication order by id');
    const before = (await published()).rows;
    await s.a.t.person('hana').rest.issues.update({ ...on, issue_number: 1, state: 'closed' });
    const repositoryId = s.a.t.seeded.repositoryIds.soc;
    await s.store.query(
      `insert into delivery (guid, event, payload, received_at, room_repository) values ('g', 'issues', $1::jsonb, $2, $3)`,
      [JSON.stringify({ event: 'issues', repositoryId, payload: { issue: { number: 1 } } }), s.now(), repositoryId],
    );
    await s.sweep();
    expect((await published()).rows).toEqual(before);
    expect((await s.store.query('select status from incident')).rows).toEqual([{ status: 'open' }]);
  });

  it('puts back what was closed by somebody without the right', async () => {
    await using s = await spine();
    await s.take(attack(1));
    s.policy = { ...s.policy, grants: safeDefaults('acme/soc-config').grants };
    await s.a.t.person('hana').rest.issues.update({ ...on, issue_number: 1, state: 'closed' });
    s.pass(5);
    await s.sweep();
    s.pass(60);
    await s.settle();
    expect((await s.issue(1)).state).toBe('open');
  });

  it('says once that what was put off is due', async () => {
    await using s = await spine();
    await s.take(attack(1));
    await s.comment('hana', 1, '/snooze 30m');
    expect((await s.issue(1)).body).toContain('**Snoozed until:**');
    for (let n = 0; n < 3; n += 1) {
      s.pass(1000);
      await s.sweep();
      await s.settle();
    }
    expect((await s.ourComments(1)).filter((body) => body.startsWith('**Put off until now.**'))).toHaveLength(1);
    expect((await s.issue(1)).body).not.toContain('Snoozed');
  });
});
