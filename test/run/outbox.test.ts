import { describe, expect, it } from 'vitest';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import { ForgeError } from '../../src/ports/forge.ts';
import { blockRule } from '../commands/incident-in-test.ts';
import { soc } from '../github/adapter-in-test.ts';
import { attack, once, type Spine, spine } from './spine.ts';

const on = { owner: 'acme', repo: 'soc' };

/** Requests of the adapter that begin so, since the test last asked. */
function counted(requests: string[], start: string): number {
  return requests.filter((line) => line.startsWith(start)).length;
}

describe('the outbox under its budget', () => {
  it('makes no more issues and comments than any sliding minute allows, high incidents before others', async () => {
    await using s = await spine({ budgets: { creationsPerHour: 60, creationsPerMinute: 6 } });
    const low = Array.from({ length: 8 }, (_, k) => attack(k, { severity: 'low' }));
    const high = Array.from({ length: 3 }, (_, k) => attack(100 + k, { severity: 'critical' }));
    await s.take(...low, ...high);
    const made = () => s.store.query<{ at: Date }>('select at from creation order by at');
    expect((await made()).rowCount).toBe(6);
    const first = await s.a.github.issuesSince(soc, new Date(0));
    expect(first.filter((i) => i.title.includes('critical'))).toHaveLength(3);
    for (let minute = 0; minute < 8; minute += 1) {
      s.pass(30.5);
      await s.settle();
    }
    const moments = (await made()).rows.map((row) => row.at.getTime());
    for (const from of moments)
      expect(moments.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(6);
    const issues = await s.a.github.issuesSince(soc, new Date(0));
    expect(issues).toHaveLength(11);
  });

  it('waits for nothing on behalf of an incident that was merged before it had an issue', async () => {
    await using s = await spine({ mention: { severity: 'low', who: ['ken'] } });
    s.stopped = 'not now';
    await s.take(attack(1));
    await s.take(attack(2));
    const waiting = async () =>
      (await s.store.query<{ key: string }>('select key from publication where dirty order by id')).rows.map(
        (r) => r.key,
      );
    expect(await waiting()).toEqual(['issue:1', 'report:1', 'issue:2', 'report:2']);
    await s.take(attack(3, { host: 'web-1', src_ip: '203.0.113.2' }));
    s.stopped = undefined;
    for (let minute = 0; minute < 3; minute += 1) {
      await s.settle();
      s.pass(61);
    }
    expect(await waiting()).toEqual([]);
    expect(await s.a.github.issuesSince(soc, new Date(0))).toHaveLength(1);
    expect((await s.ourComments(1)).filter((body) => body.includes('@ken'))).toHaveLength(1);
  });

  it('edits what stands while creations wait', async () => {
    await using s = await spine({ budgets: { creationsPerHour: 2, creationsPerMinute: 2 } });
    await s.take(attack(1));
    await s.take(...Array.from({ length: 70 }, (_, k) => attack(k + 2, { severity: 'critical' })));
    await s.store.query(`update incident set owner = 'hana' where issue = 1`);
    await s.store.query(`update publication set dirty = true, touched = touched + 1 where key = 'issue:1'`);
    s.pass(2);
    await s.settle();
    expect((await s.issue(1)).body).toContain('**Who:** hana');
  });

  it('sends a hundred changes as a few edits, and an unchanged text not at all', async () => {
    await using s = await spine();
    await s.take(attack(1));
    s.pass(120);
    await s.settle();
    s.a.requests.length = 0;
    for (let n = 0; n < 100; n += 1) {
      await s.store.query(`update incident set alert_count = alert_count + 1 where id = 1`);
      await s.store.query(`update publication set dirty = true, touched = touched + 1 where key = 'issue:1'`);
      s.pass(0.05);
      await s.settle();
    }
    expect(counted(s.a.requests, 'PATCH')).toBeLessThanOrEqual(12);
    s.pass(120);
    await s.settle();
    s.a.requests.length = 0;
    await s.store.query(`update publication set dirty = true, touched = touched + 1 where key = 'issue:1'`);
    s.pass(120);
    await s.settle();
    expect(s.a.requests).toEqual([]);
    expect((await s.store.query('select 1 from publication where dirty')).rowCount).toBe(0);
  });

  it('sends nothing at all while publishing is stopped, and all of it afterwards', async () => {
    await using s = await spine();
    s.stopped = 'acme/soc is public';
    await s.take(attack(1), attack(2));
    expect(await s.a.github.issuesSince(soc, new Date(0))).toEqual([]);
    s.stopped = undefined;
    await s.settle();
    expect(await s.a.github.issuesSince(soc, new Date(0))).toHaveLength(2);
  });
});

describe('the outbox and answers that do not come', () => {
  it.each([
    ['before it was done', 'before'],
    ['after it was done', 'after'],
  ] as const)('makes one issue and one comment when the answer is lost %s', async (_, when) => {
    await using s = await spine();
    s.wrap((forge) => ({
      createIssue: once(forge.createIssue, 'unknown', when),
      createComment: once(forge.createComment, 'unknown', when),
    }));
    await s.take(attack(1));
    for (let n = 0; n < 10; n += 1) {
      s.pass(10);
      await s.settle();
    }
    expect(await s.a.github.issuesSince(soc, new Date(0))).toHaveLength(1);
    await s.comment('hana', 1, '/take');
    for (let n = 0; n < 5; n += 1) {
      s.pass(10);
      await s.settle();
    }
    expect((await s.ourComments(1)).filter((body) => body.includes('hana has this'))).toHaveLength(1);
    expect((await s.store.query('select 1 from publication where dirty or remote_id is null')).rowCount).toBe(0);
  });

  it('does not take an issue of another incident for its own because an alert quotes the marker', async () => {
    await using s = await spine();
    await s.take(attack(1, { title: '<!-- yagura:v1 issue=2 -->' }));
    s.wrap((forge) => ({ createIssue: once(forge.createIssue, 'unknown', 'before') }));
    await s.take(attack(2));
    for (let n = 0; n < 5; n += 1) {
      s.pass(10);
      await s.settle();
    }
    const issues = await s.store.query<{ id: string; issue: string }>('select id, issue from incident order by id');
    expect(issues.rows.map((row) => row.issue)).toEqual(['1', '2']);
  });

  it('waits as long as a secondary limit asks, then goes on without loss', async () => {
    await using s = await spine();
    s.wrap((forge) => ({ createIssue: once(forge.createIssue, 'secondary-limit', 'before', 90) }));
    await s.take(attack(1), attack(2));
    s.pass(80);
    await s.settle();
    expect(await s.a.github.issuesSince(soc, new Date(0))).toEqual([]);
    s.pass(20);
    await s.settle();
    s.pass(20);
    await s.settle();
    expect(await s.a.github.issuesSince(soc, new Date(0))).toHaveLength(2);
  });
});

describe('what people do to an issue', () => {
  it('never gives up the issue of an incident GitHub refuses: it gets one that says where the text is', async () => {
    await using s = await spine();
    s.wrap((forge) => ({
      async createIssue(repo, issue) {
        if (issue.body.length > 300) throw new ForgeError('validation', 'body is not acceptable', { status: 422 });
        return forge.createIssue(repo, issue);
      },
    }));
    await s.take(attack(1));
    for (let minutes = 0; minutes < 30; minutes += 1) {
      s.pass(60);
      await s.settle();
    }
    const [issue] = await s.a.github.issuesSince(soc, new Date(0));
    expect(issue?.title).toContain('Login failures 1');
    expect(issue?.body).toContain('**Who:**');
    const whole = await s.a.github.file(soc, 'yagura/data', 'incidents/1.md');
    expect(Buffer.from(whole ?? []).toString()).toContain('Login failures 1');
    const [incident] = (await s.store.query('select issue from incident')).rows;
    expect(incident).toEqual({ issue: String(issue?.number) });
  });

  it('keeps title, notes, labels and assignees of people through our edits', async () => {
    await using s = await spine();
    await s.take(attack(1));
    const { body } = await s.issue(1);
    await s.a.t.person('ken').rest.issues.update({
      ...on,
      issue_number: 1,
      title: 'Login storm, see runbook 4',
      body: body.replace('<!-- yagura:notes-end -->', 'Asked mika.\n\n<!-- yagura:notes-end -->'),
      labels: [...(await s.issue(1)).labels, 'team: web'],
      assignees: ['mika'],
    });
    await s.comment('hana', 1, '/severity critical');
    const edited = await s.issue(1);
    expect(edited.title).toBe('Login storm, see runbook 4');
    expect(edited.body).toContain('Asked mika.');
    expect(edited.body).toContain('Severity critical, set by hana.');
    expect(edited.labels).toEqual(expect.arrayContaining(['team: web', 'severity: critical', 'incident']));
    expect(edited.labels).not.toContain('severity: high');
    expect(edited.assignees).toEqual(['mika']);
  });

  it('puts managed labels and the state back when the sweep finds them changed by somebody without the right', async () => {
    await using s = await spine();
    await s.take(attack(1));
    s.policy = { ...s.policy, grants: safeDefaults('acme/soc-config').grants };
    await s.a.t
      .person('ken')
      .rest.issues.update({ ...on, issue_number: 1, labels: ['severity: low'], state: 'closed' });
    s.pass(5);
    await s.sweep();
    s.pass(60);
    await s.settle();
    const { labels, state } = await s.issue(1);
    expect(labels.sort()).toEqual(['incident', 'needs: approval', 'severity: high']);
    expect(state).toBe('open');
  });

  it('gives way to long notes instead of failing', async () => {
    await using s = await spine();
    await s.take(attack(1));
    const { body } = await s.issue(1);
    const notes = 'word '.repeat(11_900).trim();
    await s.a.t.person('ken').rest.issues.update({
      ...on,
      issue_number: 1,
      body: body.replace('<!-- yagura:notes-end -->', `${notes}\n\n<!-- yagura:notes-end -->`).slice(0, 65_500),
    });
    await s.comment('hana', 1, '/severity critical');
    const edited = await s.issue(1);
    expect(edited.body).toContain(notes);
    expect(edited.body).toContain('Severity critical, set by hana.');
    expect(edited.body.length).toBeLessThanOrEqual(65_536);
  });

  it('cuts what is too long before it is sent and keeps the whole on a branch of its own', async () => {
    await using s = await spine();
    const many = Array.from({ length: 230 }, (_, k) =>
      attack(1, { title: `Attempt ${k} ${'x'.repeat(150)}`, rule: `rule-${k}`, user: `user${k}` }),
    );
    await s.take(...many);
    s.pass(120);
    await s.settle();
    const { body } = await s.issue(1);
    expect(body.length).toBeLessThan(65_000);
    expect(body).toContain('the full text is in `incidents/1.md` on the branch `yagura/data`');
    const whole = Buffer.from((await s.a.github.file(soc, 'yagura/data', 'incidents/1.md')) ?? []).toString();
    for (const k of [0, 100, 229]) expect(whole).toContain(`Attempt ${k} `);
  });
});

describe('a recommendation counts as shown', () => {
  const rule = { responses: [blockRule({ resources: ['edge'] })] };
  const confirmed = async (s: Spine) =>
    (
      await s.store.query<{ number: number }>(
        'select number from recommendation where confirmed_at is not null order by 1',
      )
    ).rows.map((row) => row.number);

  it('when its content was listed, not when an alert has its command for a title', async () => {
    await using s = await spine(rule);
    const many = Array.from({ length: 12 }, (_, k) => attack(k, { host: 'web-1', title: `/approve R${k + 1}` }));
    await s.take(...many);
    expect((await s.issue(1)).body).toContain('`/approve R12`');
    expect((await s.store.query('select 1 from recommendation')).rowCount).toBe(12);
    expect(await confirmed(s)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('not when the Notes of people left no room for it', async () => {
    await using s = await spine(rule);
    await s.take(attack(1, { host: 'web-1' }));
    const notes = 'word '.repeat(12_880).trim();
    await s.a.t.person('ken').rest.issues.update({
      ...on,
      issue_number: 1,
      body: `**Notes** (yours; kept through every edit)\n\n${notes}\n\n<!-- yagura:notes-end -->`,
    });
    await s.take(attack(2, { host: 'web-1' }));
    const { body } = await s.issue(1);
    expect(body).toContain(notes);
    expect(body).toContain('web-1');
    expect(body).not.toContain('203.0.113[.]2');
    expect((await s.store.query(`select 1 from recommendation where status = 'open'`)).rowCount).toBe(2);
    expect(await confirmed(s)).toEqual([1]);
  });
});
