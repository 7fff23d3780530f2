import { describe, expect, it } from 'vitest';
import type { Playbook } from '../../src/domain/policy.ts';
import type { RepoRef } from '../../src/ports.ts';
import { createFacts } from '../../src/store/facts.ts';
import { attackOn, hidden, labs, soc, spineInRooms } from './in-rooms.ts';
import type { Spine } from './spine.ts';

const origin = { path: 'playbooks/all.md', line: 1 };

/** Asks of every address what else there is, and what reads alike. */
const asking: Playbook = {
  id: 'all',
  when: {},
  steps: [
    { tool: 'entity-alerts', each: ['ip'], args: {} },
    { tool: 'similar-incidents', each: 'incident', args: {} },
  ],
  questions: [],
  body: '',
  origin,
};

/** Three incidents over one address: one in each room. */
async function threeRooms(more: Parameters<typeof spineInRooms>[0] = {}): Promise<Spine> {
  const s = await spineInRooms({ playbooks: [asking], ...more });
  await s.take(attackOn('payroll-1', { title: 'Wages were read' }));
  await s.take(attackOn('lab-1'));
  await s.take(attackOn('web-1'));
  return s;
}

/** All that stands in a repository: issues, comments, and the branches of Yagura. */
async function everything(s: Spine, repo: RepoRef): Promise<string> {
  const issues = await s.a.github.issuesSince(repo, new Date(0));
  const comments = await s.a.github.commentsSince(repo, new Date(0));
  return [...issues.map(({ title, body }) => `${title}\n${body}`), ...comments.map(({ body }) => body)].join('\n');
}

const incidentIn = async (s: Spine, room: string): Promise<string> => {
  const found = await s.store.query<{ id: string }>('select id from incident where room = $1', [room]);
  return found.rows[0]?.id ?? '';
};

const ip = { type: 'ip', value: '203.0.113.7' } as const;

describe('of what is in a restricted room', () => {
  it('elsewhere only a number is told, by tools and in issues', async () => {
    await using s = await threeRooms();
    for (const repo of [soc, labs]) {
      const text = await everything(s, repo);
      expect(text).not.toMatch(/payroll|Wages|soc-private/);
    }
    expect(await everything(s, soc)).toContain(', and 1 in a restricted repository');
    expect(await everything(s, soc)).toContain('acme-labs/soc#1');
    const facts = createFacts(s.store, { policy: { current: () => s.policy }, repo: soc });
    const seen = await facts.alertsOf(ip, { exceptIncident: await incidentIn(s, ''), limit: 10 });
    expect(seen).toMatchObject({ total: 1, restricted: 1, alerts: [{ issue: 1, repository: 'acme-labs/soc' }] });
  });

  it('there itself the others are seen, as far as they are open to all', async () => {
    await using s = await threeRooms();
    const facts = createFacts(s.store, { policy: { current: () => s.policy }, repo: soc });
    const seen = await facts.alertsOf(ip, { exceptIncident: await incidentIn(s, 'acme/soc-private'), limit: 10 });
    expect(seen.total).toBe(2);
    expect(seen).not.toHaveProperty('restricted');
    expect(seen.alerts.map(({ repository }) => repository).sort()).toEqual(['acme-labs/soc', 'acme/soc']);
  });

  it('closed incidents are compared with no other room’s restricted ones', async () => {
    await using s = await threeRooms();
    for (const repo of [hidden, labs]) await s.comment(repo === hidden ? 'mika' : 'rin', 1, '/close fp x', repo);
    const facts = createFacts(s.store, { policy: { current: () => s.policy }, repo: soc });
    const fromDefault = await facts.closedIncidents(10, await incidentIn(s, ''));
    expect(fromDefault.map(({ repository }) => repository)).toEqual(['acme-labs/soc']);
    const fromItself = await facts.closedIncidents(10, await incidentIn(s, 'acme/soc-private'));
    expect(fromItself).toHaveLength(2);
  });

  it('a room the policy lists no longer is as restricted as one it calls so', async () => {
    await using s = await threeRooms();
    s.policy = { ...s.policy, rooms: [] };
    const facts = createFacts(s.store, { policy: { current: () => s.policy }, repo: soc });
    const seen = await facts.alertsOf(ip, { exceptIncident: await incidentIn(s, ''), limit: 10 });
    expect(seen).toEqual({ total: 0, alerts: [], restricted: 2 });
  });

  it('the commit of a list that a connector writes names the incident by our number only', async () => {
    await using s = await threeRooms();
    await s.comment('mika', 1, '/approve R1', hidden);
    const found = await s.store.query<{ id: string }>("select incident_id as id from task where status = 'active'");
    expect(found.rows.length).toBeGreaterThan(0);
    const { git } = s.a.t.person('ken').rest;
    const head = (await s.a.github.head(soc, 'yagura/lists')) ?? '';
    const said = (await git.getCommit({ owner: 'acme', repo: 'soc', commit_sha: head })).data.message;
    expect(said).toContain(`incident ${await incidentIn(s, 'acme/soc-private')} T`);
    expect(said).not.toContain('soc-private');
  });
});
