import { describe, expect, it } from 'vitest';
import { attacker, incidentInTest, seconds } from '../incident-in-test.ts';

async function withTask(status: string) {
  const t = await incidentInTest();
  await t.recommend(1, attacker, seconds(-5));
  await t.say('ken', '/approve R1');
  await t.rows(`update task set status = '${status}'`);
  return t;
}

describe('/undo', () => {
  it.each(['planned', 'applying', 'active', 'unverified', 'failed'])('takes back a task that is %s', async (status) => {
    await using t = await withTask(status);
    expect(await t.say('ken', '/undo t1')).toBe('waiting: undo T1: block `203.0.113[.]7` on `edge`');
    expect(await t.rows('select status from task')).toEqual([{ status: 'undoing' }]);
  });

  it.each([
    ['undone', '/undo T1', 'it is undone already'],
    ['expired', '/undo T1', 'it is expired already'],
    ['undoing', '/undo T1', 'that is under way'],
    ['active', '/undo T2', 'there is no task of that number here'],
    ['active', '/undo', 'there is no task of that number here'],
  ])('of a task that is %s: %s is refused', async (status, comment, because) => {
    await using t = await withTask(status);
    expect(await t.say('ken', comment)).toContain(because);
    expect(await t.rows('select status from task')).toEqual([{ status }]);
  });
});

describe('/unblock', () => {
  it('takes back every block of a target, those of other incidents too', async () => {
    await using t = await withTask('active');
    await t.pipeline.take({ title: 'Elsewhere', severity: 'low', host: 'db-9' });
    await t.rows(
      `insert into task (incident_id, number, recommendation, action, target_type, target_value, resource, status,
         requested_by, approved_by, policy_commit, created_at, updated_at)
       select max(id), 1, 1, 'block', 'ip', '203.0.113.7', 'fw-b', 'active', 'ken', '{mika}', 'c', now(), now() from incident`,
    );
    expect(await t.say('ken', '/unblock 203.0.113[.]7')).toBe(
      'waiting: unblock `203.0.113[.]7` (written defanged); 1 task of other incidents too',
    );
    expect(await t.rows('select distinct status from task')).toEqual([{ status: 'undoing' }]);
  });

  it.each([
    ['/unblock 198.51.100.1', 'nothing of ours blocks it'],
    ['/unblock', '`(nothing)`: that is neither'],
    ['/unblock 203.0.113.0/24', 'networks are not blocked by command'],
  ])('%s is refused: %s', async (comment, because) => {
    await using t = await withTask('active');
    expect(await t.say('ken', comment)).toContain(because);
  });
});
