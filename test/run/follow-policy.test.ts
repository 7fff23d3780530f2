import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/domain/policy.ts';
import type { SourceState } from '../../src/policy/banner.ts';
import { createPolicyFollower } from '../../src/run/follow-policy.ts';
import { blockRule } from '../commands/incident-in-test.ts';
import { soc } from '../github/adapter-in-test.ts';
import { attack, type Spine, spine } from './spine.ts';

const rule = blockRule({ resources: ['edge'] });

function follower(s: Spine, state: SourceState): () => Promise<boolean> {
  return createPolicyFollower({
    ...s.deps,
    policy: { ...s.deps.policy, state: () => state },
    resources: { probe: async () => undefined },
  });
}

async function load(s: Spine, change: Partial<Policy>): Promise<void> {
  s.policy = { ...s.policy, commit: 'd'.repeat(40), ...change };
  await follower(s, { is: 'good', commit: s.policy.commit })();
  s.pass(2);
  await s.settle();
}

describe('another policy that came into force', () => {
  it('withdraws what it no longer recommends, on incidents nothing else happens to', async () => {
    await using s = await spine({ responses: [rule] });
    await s.take(attack(1));
    expect((await s.issue(1)).body).toContain('/approve R1');
    await load(s, { responses: [] });
    expect((await s.issue(1)).body).not.toContain('/approve R1');
    await load(s, { commit: 'e'.repeat(40), responses: [{ ...rule, duration: 60 }] });
    expect((await s.issue(1)).body).toMatch(/\/approve R2`.* for 1 min/);
  });

  it('replaces the recommendation of a rule that has another name, and shows both of a target that two rules mean', async () => {
    const origin = { path: 'policies/response.md', line: 3 };
    const resources = ['edge', 'core'].map((id) => ({ id, connector: 'blocklist', settings: { list: id }, origin }));
    await using s = await spine({ resources, responses: [rule] });
    await s.take(attack(1));
    await load(s, {
      responses: [
        { ...rule, id: 'named-better' },
        { ...rule, id: 'inside', resources: ['core'] },
      ],
    });
    const { body } = await s.issue(1);
    expect(body).not.toContain('/approve R1');
    expect(body).toMatch(/\/approve R2` block `203\.0\.113\[\.\]1` on edge for/);
    expect(body).toMatch(/\/approve R3` block `203\.0\.113\[\.\]1` on core for/);
    const found = await s.store.query('select replaced_by from recommendation order by number');
    expect(found.rows).toEqual([{ replaced_by: 2 }, { replaced_by: null }, { replaced_by: null }]);
  });

  it('proposes nothing again that was approved, when its rule is split in two', async () => {
    const origin = { path: 'policies/response.md', line: 3 };
    const resources = ['edge', 'core'].map((id) => ({ id, connector: 'blocklist', settings: { list: id }, origin }));
    await using s = await spine({ resources, responses: [{ ...rule, resources: ['edge', 'core'] }] });
    await s.take(attack(1));
    await s.comment('ken', 1, '/approve R1');
    await load(s, { responses: [rule, { ...rule, id: 'inside', resources: ['core'] }] });
    const found = await s.store.query('select status from recommendation');
    expect(found.rows).toEqual([{ status: 'executed' }]);
  });

  it('takes back what holds a target that must never be blocked by it, and nothing else', async () => {
    await using s = await spine({ responses: [rule] });
    await s.take(attack(1), attack(2));
    await s.comment('ken', 1, '/approve R1');
    await s.comment('ken', 2, '/approve R1');
    await load(s, { neverBlock: ['203.0.113.1/32'] });
    const tasks = await s.store.query<{ status: string }>('select status from task order by incident_id');
    expect(tasks.rows.map((row) => row.status)).toEqual(['undone', 'active']);
    const text = Buffer.from((await s.a.github.file(soc, 'yagura/lists', 'lists/edge.txt')) ?? []).toString();
    expect(text).not.toMatch(/^203\.0\.113\.1$/m);
    expect(text).toMatch(/^203\.0\.113\.2$/m);
  });

  it('leaves alone what was investigated under it already', async () => {
    await using s = await spine({ responses: [rule] });
    await s.take(attack(1));
    const again = () => s.store.query<{ at: Date }>('select investigated_at as at from incident');
    const before = (await again()).rows;
    await load(s, { commit: s.policy.commit });
    expect((await again()).rows).toEqual(before);
  });

  it('follows a policy or a banner once, and shows the banner in open issues under the policy that was in force', async () => {
    await using s = await spine({ responses: [rule] });
    await s.take(attack(1));
    const follow = follower(s, { is: 'broken', commit: 'f'.repeat(40), problems: [] });
    s.banner = 'The newest policy is broken.';
    expect(await follow()).toBe(true);
    expect(await follow()).toBe(false);
    s.pass(60);
    await s.settle();
    expect((await s.issue(1)).body).toContain('The newest policy is broken.');
    expect((await s.issue(1)).body).toContain('/approve R1');
    s.banner = undefined;
    expect(await follow()).toBe(true);
    s.pass(60);
    await s.settle();
    expect((await s.issue(1)).body).not.toContain('The newest policy is broken.');
  });
});
