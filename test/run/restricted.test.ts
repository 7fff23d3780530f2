import { describe, expect, it } from 'vitest';
import type { Playbook } from '../../src/domain/policy.ts';
import type { RepoRef } from '../../src/ports/forge.ts';
import { createFacts } from '../../src/store/facts.ts';
import { touchQueue } from '../../src/store/queue.ts';
import { blockRule } from '../commands/incident-in-test.ts';
import { pagerdutyVendor } from '../notify/vendors/pagerduty-vendor.ts';
import { slackVendor } from '../notify/vendors/slack-vendor.ts';
import { attackOn, hidden, labs, rooms, routes, soc, spineInRooms } from './in-rooms.ts';
import { channel, notifierInTest } from './notifier-in-test.ts';
import { onRota, wait } from './on-rota.ts';
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

  it('what could not be read is told by its number, since nobody knows whom it is about', async () => {
    for (const restricted of [true, false]) {
      await using s = await spineInRooms({ rooms: rooms.map((one) => ({ ...one, restricted })) });
      await s.take({ nothing: 'about Hanako Sato' });
      const [row] = (
        await s.store.query<{ issue: string; raw: string }>('select issue, raw_id as raw from incident, alert_raw')
      ).rows;
      const { body } = await s.issue(Number(row?.issue));
      expect(body.includes('Hanako Sato')).toBe(!restricted);
      const told = await s.store.query(`select 1 from alert a where a::text ilike '%hanako%'`);
      expect(told.rowCount).toBe(restricted ? 0 : 1);
      if (restricted) expect(body).toMatch(new RegExp(`record.*${row?.raw}`));
    }
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

  it('a list that a connector writes has the target, as the proposal said, and not which incident it is of', async () => {
    await using s = await threeRooms();
    const told = '`acme/soc` を読める人全員に、edge のリストの `203.0.113[.]7` が見えます。';
    expect((await s.issue(1, hidden)).body).toContain(told);
    for (const repo of [soc, labs]) expect(await everything(s, repo)).not.toContain('Everybody who reads');
    await s.comment('mika', 1, '/approve R1', hidden);
    const found = await s.store.query<{ id: string }>("select incident_id as id from task where status = 'active'");
    expect(found.rows.length).toBeGreaterThan(0);
    const { git } = s.a.t.person('ken').rest;
    const head = (await s.a.github.head(soc, 'yagura/lists')) ?? '';
    const said = (await git.getCommit({ owner: 'acme', repo: 'soc', commit_sha: head })).data.message;
    expect(said).toBe('Block 203.0.113[.]7 on edge');
  });

  it.each(['a rule that asks nobody', 'a command that needs nobody else'])(
    'who will read a target in a list is told there by %s',
    async (by) => {
      const rule = blockRule({ resources: ['edge'], autonomy: 'auto', requesterMayApprove: true });
      const alone = by === 'a rule that asks nobody';
      await using s = await spineInRooms({ mode: alone ? 'auto' : 'approve', responses: [rule] });
      await s.take(attackOn('payroll-1'), attackOn('web-1'));
      const target = alone ? '203.0.113[.]7' : '198.51.100[.]9';
      if (!alone) {
        await s.comment('mika', 1, '/block 198.51.100.9', hidden);
        await s.comment('ken', 1, '/block 198.51.100.9');
      }
      const told = `\n  - \`acme/soc\` を読める人全員に、edge のリストの \`${target}\` が見えます。`;
      const { body } = await s.issue(1, hidden);
      expect(body.slice(body.indexOf('T1 edge'))).toContain(told);
      if (!alone) expect((await s.ourComments(1, hidden)).join('\n')).toContain(told);
      expect(await everything(s, soc)).not.toContain('Everybody who reads');
      await s.comment('mika', 1, '/undo T1', hidden);
      expect((await s.issue(1, hidden)).body).not.toContain(told);
    },
  );

  it('what keeps a target blocked after an undo is named in its own room only', async () => {
    await using s = await threeRooms();
    await s.comment('mika', 1, '/approve R1', hidden);
    await s.comment('ken', 1, '/approve R1');
    await s.comment('rin', 1, '/approve R1', labs);
    await s.comment('ken', 1, '/undo T1');
    expect((await s.ourComments(1)).join('\n')).toContain('still held by a task in a restricted repository');
    await s.comment('mika', 1, '/undo T1', hidden);
    expect((await s.ourComments(1, hidden)).join('\n')).toContain('acme-labs/soc＃1 T1 により継続中');
  });

  it('the queue of each room ranks its own, and says how many are open elsewhere', async () => {
    await using s = await threeRooms();
    await touchQueue(s.store, s.now());
    await s.settle();
    const queueOf = async (repo: RepoRef) => {
      const issues = await s.a.github.issuesSince(repo, new Date(0));
      return issues.find(({ title }) => /^(Queue|キュー)/.test(title))?.body ?? '';
    };
    const ours = await queueOf(soc);
    expect(ours).toContain('Elsewhere: 1 open in acme-labs/soc, 1 open in restricted repositories.');
    expect(ours).toContain('- #1 `Login failures 7`');
    expect(ours).not.toMatch(/Wages|soc-private/);
    expect(await queueOf(labs)).toContain('Elsewhere: 1 open in acme/soc, 1 open in restricted repositories.');
    expect(await queueOf(hidden)).toContain('ほかのリポジトリ: acme/soc に未解決 1 件、acme-labs/soc に未解決 1 件。');
    expect(await queueOf(hidden)).toContain('Wages were read');
    s.pass(61);
    await touchQueue(s.store, s.now());
    await s.settle();
    const edits = await s.store.query("select edits from publication where kind = 'queue'");
    expect(edits.rows).toEqual([{ edits: 0 }, { edits: 0 }, { edits: 0 }]);
  });

  it('the notice of a shift counts it, and names what is in another open room by repository and number', async () => {
    await using s = await threeRooms();
    onRota(s);
    await wait(s, 1);
    await s.store.query("update incident set owner = 'ken'");
    await wait(s, 7 * 24 * 60);
    const issues = await s.a.github.issuesSince(soc, new Date(0));
    const notice = issues.find(({ title }) => title.startsWith('Hand-over'))?.body ?? '';
    expect(notice).toContain('\n- 1 open in restricted repositories\n');
    expect(notice).toContain('- acme-labs/soc#1 `Login failures 7`');
    expect(notice).not.toMatch(/Wages|payroll|soc-private/);
  });

  it('a channel hears its number and severity, and gets no link', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack', { settings: slack.settings })]);
    t.policy = { ...t.policy, rooms, routes };
    await t.alert('Wages were read', { host: 'payroll-1' });
    await t.alert('Login failures', { host: 'lab-1' });
    const [first, second, ...more] = slack.seen;
    expect(more).toEqual([]);
    expect(first?.line).toBe('Incident 1, in a restricted repository, needs somebody: severity high.');
    expect(first?.text).not.toMatch(/Wages|payroll|soc-private/);
    expect(first?.links).toEqual([]);
    expect(second?.links).toContain('https://github.com/acme-labs/soc/issues/102');
  });

  it.each([
    ['becomes restricted', rooms.map((one) => ({ ...one, restricted: true }))],
    ['is taken out of the policy', []],
  ])('what was told while its room was open is resolved when the room %s', async (_, later) => {
    await using pagerduty = await pagerdutyVendor();
    await using t = await notifierInTest({ pagerduty }, [channel('pagerduty')]);
    t.policy = { ...t.policy, rooms, routes };
    await t.alert('Login failures', { host: 'lab-1' });
    t.policy = { ...t.policy, rooms: later, routes: [] };
    await t.change(`update incident set status = 'closed', closed_at = opened_at`);
    expect(pagerduty.seen.map(({ action }) => action)).toEqual(['trigger', 'resolve']);
    expect(new Set(pagerduty.seen.map(({ key }) => key)).size).toBe(1);
  });
});
