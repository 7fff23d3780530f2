import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Policy } from '../../src/domain/policy.ts';
import type { Tool } from '../../src/investigate/tool.ts';
import { blockRule } from '../commands/incident-in-test.ts';
import { soc } from '../github/adapter-in-test.ts';
import { attack, type Spine, spine } from './spine.ts';

const auto = blockRule({ resources: ['edge'], autonomy: 'auto' });

function lower(s: Spine, change: Partial<Policy>): void {
  s.policy = { ...s.policy, ...change };
}

async function statuses(s: Spine): Promise<string[]> {
  const found = await s.store.query<{ status: string }>('select status from task order by number');
  return found.rows.map((row) => row.status);
}

/** Another investigation although nothing came in. */
async function again(s: Spine): Promise<void> {
  await s.store.query('update incident set investigate_at = $1', [s.now()]);
  s.pass(2);
  await s.settle();
}

async function listed(s: Spine): Promise<string> {
  return Buffer.from((await s.a.github.file(soc, 'yagura/lists', 'lists/edge.txt')) ?? []).toString();
}

describe('a rule that the merged policy lets run by itself', () => {
  it('runs without a person, and the task names the file and line that allowed it', async () => {
    await using s = await spine({ mode: 'auto', responses: [auto] });
    await s.take(attack(1));
    expect(await listed(s)).toContain('203.0.113.1');
    const { body } = await s.issue(1);
    expect(body).toMatch(/T1 block .*\*\*verified\*\*.*approved by .*policies\/response\.md:\d+/);
    expect(body).toContain('/undo T1');
  });

  it('runs beside a rule that needs a person for the same target on another resource, and neither stands for the other', async () => {
    const origin = { path: 'policies/response.md', line: 3 };
    const resources = ['edge', 'core'].map((id) => ({ id, connector: 'blocklist', settings: { list: id }, origin }));
    const asked = blockRule({ resources: ['edge'] });
    await using s = await spine({
      mode: 'auto',
      resources,
      responses: [asked, { ...auto, id: 'inside', resources: ['edge', 'core'] }],
    });
    await s.take(attack(1));
    const rows = () => s.store.query('select number, rule, resources, status from recommendation order by number');
    const both = [
      { number: 1, rule: 'block-address', resources: ['edge'], status: 'open' },
      { number: 2, rule: 'inside', resources: ['core'], status: 'executed' },
    ];
    expect((await rows()).rows).toEqual(both);
    await again(s);
    expect((await rows()).rows).toEqual(both);
    expect(await listed(s)).toBe('');
    expect((await s.issue(1)).body).toMatch(/`\/approve R1` block `203\.0\.113\[\.\]1` on edge for/);
    await s.comment('ken', 1, '/approve R1');
    expect(await listed(s)).toContain('203.0.113.1');
    lower(s, {
      responses: [
        { ...asked, id: 'renamed' },
        { ...auto, id: 'inside-too', resources: ['core'] },
      ],
    });
    await again(s);
    expect((await rows()).rows.map((row) => row.status)).toEqual(['executed', 'executed']);
  });

  it('waits for a person where the mode of the whole is below it', async () => {
    await using s = await spine({ mode: 'approve', responses: [auto] });
    await s.take(attack(1));
    expect(await listed(s)).toBe('');
    expect((await s.issue(1)).body).toContain('/approve R1');
  });

  it('never touches what must not be blocked', async () => {
    await using s = await spine({ mode: 'auto', responses: [auto], neverBlock: ['203.0.113.0/24'] });
    await s.take(attack(1));
    expect(await listed(s)).toBe('');
  });

  it('runs once, however often alerts join', async () => {
    await using s = await spine({ mode: 'auto', responses: [auto] });
    await s.take(attack(1));
    await s.take(attack(1, { title: 'Another sign' }));
    const tasks = await s.store.query('select 1 from task');
    expect(tasks.rowCount).toBe(1);
  });

  it.each<[string, (s: Spine) => Promise<unknown>]>([
    ['a person closed the incident', (s) => s.store.query(`update incident set status = 'closed'`)],
    ['the policy lowered the mode', async (s) => lower(s, { mode: 'recommend' })],
    ['the never-block list got the target', async (s) => lower(s, { neverBlock: ['203.0.113.1/32'] })],
  ])('does nothing when %s while the tools looked', async (_, meanwhile) => {
    let change: () => Promise<unknown> = async () => undefined;
    const slow: Tool = {
      name: 'slow',
      summary: '',
      risk: 'own',
      each: 'incident',
      args: z.object({}),
      async run() {
        await change();
        return { outcome: 'nothing', summary: ['looked'], result: null, trust: 'own' };
      },
    };
    const playbook = {
      id: 'p',
      when: {},
      steps: [{ tool: 'slow', each: 'incident' as const, args: {} }],
      questions: [],
      body: '',
      origin: { path: 'playbooks/p.md', line: 1 },
    };
    await using s = await spine({ mode: 'auto', responses: [auto], playbooks: [playbook] }, { tools: [slow] });
    change = () => meanwhile(s);
    await s.take(attack(1));
    expect((await s.store.query('select 1 from evidence')).rowCount).toBe(1);
    expect((await s.store.query('select 1 from incident where report is not null')).rowCount).toBe(1);
    expect((await s.store.query('select 1 from task')).rowCount).toBe(0);
    expect(await listed(s)).toBe('');
  });

  it('runs again when its time is over and the attack goes on, not before', async () => {
    await using s = await spine({ mode: 'auto', responses: [{ ...auto, duration: 3600 }] });
    await s.take(attack(1));
    s.pass(3600);
    await s.settle();
    expect(await listed(s)).not.toContain('203.0.113.1');
    await again(s);
    expect(await statuses(s)).toEqual(['expired']);
    await s.take(attack(1, { title: 'Another sign' }));
    expect(await statuses(s)).toEqual(['expired', 'active']);
    expect(await listed(s)).toContain('203.0.113.1');
  });

  it('does not do again what a person took back: it is proposed when there is news of the target, to a person', async () => {
    await using s = await spine({ mode: 'auto', responses: [auto] });
    await s.take(attack(1));
    await s.comment('ken', 1, '/undo T1');
    await again(s);
    expect(await statuses(s)).toEqual(['undone']);
    expect((await s.issue(1)).body).not.toContain('/approve R');
    await s.take(attack(1, { title: 'Another sign', src_ip: undefined }));
    expect((await s.issue(1)).body).not.toContain('/approve R');
    for (const title of ['A third sign', 'A fourth sign']) await s.take(attack(1, { title }));
    expect(await statuses(s)).toEqual(['undone']);
    expect((await s.issue(1)).body).toContain('/approve R2');
    await s.comment('ken', 1, '/approve R2');
    expect(await statuses(s)).toEqual(['undone', 'active']);
  });
});
