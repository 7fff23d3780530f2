import { describe, expect, it } from 'vitest';
import { blockRule } from '../commands/incident-in-test.ts';
import { soc } from '../github/adapter-in-test.ts';
import { attack, once, type Spine, spine } from './spine.ts';

const oneRule = { responses: [blockRule({ resources: ['edge'], duration: 3600 })] };

async function listed(s: Spine): Promise<string[]> {
  const text = Buffer.from((await s.a.github.file(soc, 'yagura/lists', 'lists/edge.txt')) ?? []).toString();
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

async function statuses(s: Spine): Promise<string[]> {
  const found = await s.store.query<{ status: string }>('select status from task order by incident_id, number');
  return found.rows.map((row) => row.status);
}

/** Lets retries come due. */
async function later(s: Spine, times = 8): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    s.pass(150);
    await s.settle();
  }
}

describe('a task', () => {
  it('holds until its time runs out, then it is taken back without anybody', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    await s.comment('ken', 1, '/approve R1');
    expect(await listed(s)).toEqual(['203.0.113.1']);
    expect(await statuses(s)).toEqual(['active']);
    s.pass(3500);
    await s.settle();
    expect(await listed(s)).toEqual(['203.0.113.1']);
    s.pass(120);
    await s.settle();
    expect(await listed(s)).toEqual([]);
    expect(await statuses(s)).toEqual(['expired']);
  });

  it('is tried again when the system does not answer, and is done once', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    s.wrap((forge) => ({ commit: once(forge.commit, 'unknown', 'after') }));
    await s.comment('ken', 1, '/approve R1');
    await later(s, 2);
    expect(await statuses(s)).toEqual(['active']);
    expect(await listed(s)).toEqual(['203.0.113.1']);
  });

  it('is given up in front of everybody when it cannot be done, and can still be taken back', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    s.wrap(() => ({ commit: () => Promise.reject(new Error('the disk is full')) }));
    await s.comment('ken', 1, '/approve R1');
    await later(s);
    expect(await statuses(s)).toEqual(['failed']);
    const comments = await s.ourComments(1);
    expect(comments.some((body) => body.startsWith('**T1 failed.**') && body.includes('the disk is full'))).toBe(true);
    expect(comments.some((body) => body.startsWith('❌ `/approve R1`'))).toBe(true);
    expect((await s.issue(1)).body).toContain('**1 failed.**');
    s.wrap(() => ({}));
    await s.comment('ken', 1, '/undo T1');
    expect(await statuses(s)).toEqual(['undone']);
  });

  it('leaves in place what another incident still holds', async () => {
    await using s = await spine({
      ...oneRule,
      responses: [blockRule({ resources: ['edge'], requesterMayApprove: true })],
    });
    await s.take(attack(1), attack(2));
    await s.comment('ken', 1, '/block 203.0.113.77');
    await s.comment('ken', 2, '/block 203.0.113.77');
    expect(await statuses(s)).toEqual(['active', 'active']);
    await s.comment('ken', 1, '/undo T1');
    expect(await statuses(s)).toEqual(['undone', 'active']);
    expect(await listed(s)).toContain('203.0.113.77');
    await s.comment('ken', 1, '/unblock 203.0.113.77');
    expect(await statuses(s)).toEqual(['undone', 'undone']);
    expect(await listed(s)).not.toContain('203.0.113.77');
  });

  it.each([
    ['the never-block list has it now', { neverBlock: ['203.0.113.0/24'] }, 'failed'],
    ['the mode was lowered meanwhile', { mode: 'observe' as const }, 'failed'],
  ])('that was approved is not begun when %s', async (_, change, status) => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    await s.comment('ken', 1, '/snooze 4h');
    await s.store.query(
      `insert into task (incident_id, number, recommendation, action, target_type, target_value, resource, status, expires_at,
         requested_by, approved_by, policy_commit, created_at, updated_at, due_at)
       values (1, 1, 1, 'block', 'ip', '203.0.113.1', 'edge', 'planned', $1, 'yagura', '{ken}', 'c', $2, $2, $2)`,
      [new Date(s.now().getTime() + 3_600_000), s.now()],
    );
    s.policy = { ...s.policy, ...change };
    await s.settle();
    expect(await statuses(s)).toEqual([status]);
    expect(await listed(s)).toEqual([]);
  });

  it('whose time was over before it could be done is not done', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    await s.store.query(
      `insert into task (incident_id, number, recommendation, action, target_type, target_value, resource, status, expires_at,
         requested_by, approved_by, policy_commit, created_at, updated_at, due_at)
       values (1, 1, 1, 'block', 'ip', '203.0.113.1', 'edge', 'planned', $1, 'yagura', '{ken}', 'c', $1, $1, $1)`,
      [new Date(s.now().getTime() - 60_000)],
    );
    await s.settle();
    expect(await statuses(s)).toEqual(['expired']);
    expect(await listed(s)).toEqual([]);
  });

  it('that is undone while it is being applied ends undone', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    s.wrap((forge) => ({
      async commit(...call) {
        const made = await forge.commit(...call);
        await s.store.query(`update task set status = 'undoing', due_at = $1 where status = 'applying'`, [s.now()]);
        return made;
      },
    }));
    await s.comment('ken', 1, '/approve R1');
    await s.settle();
    expect(await statuses(s)).toEqual(['undone']);
    expect(await listed(s)).toEqual([]);
  });

  it.each([
    ['the never-block list has it', { neverBlock: ['203.0.113.0/24'] }],
    ['the mode was lowered', { mode: 'observe' as const }],
  ])('that a restart applies again is taken back when %s by then', async (_, change) => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    await s.comment('ken', 1, '/approve R1');
    expect(await listed(s)).toEqual(['203.0.113.1']);
    await s.store.query(`update task set status = 'applying', due_at = $1`, [s.now()]);
    s.policy = { ...s.policy, ...change };
    await s.settle();
    expect(await statuses(s)).toEqual(['undone']);
    expect(await listed(s)).toEqual([]);
  });
});
