import { describe, expect, it } from 'vitest';
import type { ReceivedHook } from '../forge/hook-receiver.ts';
import { attack, type Spine, spine } from './spine.ts';

const on = { owner: 'acme', repo: 'soc' };

/** What only an administrator's page or GraphQL does on GitHub. */
async function stage(s: Spine, path: string, body: object): Promise<void> {
  const { url, adminToken } = s.a.t.forge;
  const headers = { authorization: `Bearer ${adminToken}` };
  const answer = await fetch(`${url}/_admin/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
}

/** An incident whose webhooks so far are worked off. */
async function withIncident(): Promise<Spine> {
  const s = await spine();
  await s.take(attack(1));
  await s.deliver();
  return s;
}

async function incident(s: Spine): Promise<Record<string, unknown> | undefined> {
  const found = await s.store.query('select status, severity, severity_by, verdict from incident where id = 1');
  return found.rows[0];
}

async function tampering(s: Spine): Promise<Record<string, unknown>[]> {
  const found = await s.store.query<{ body: string }>(`select body from ledger where kind = 'tamper' order by seq`);
  return found.rows.map((row) => JSON.parse(row.body) as Record<string, unknown>);
}

describe('what people do with GitHub’s own buttons', () => {
  it('closing by a person with the right is accepted, and the verdict asked once', async () => {
    await using s = await withIncident();
    const { issues } = s.a.t.person('hana').rest;
    await issues.update({ ...on, issue_number: 1, state: 'closed' });
    await s.deliver();
    expect(await incident(s)).toMatchObject({ status: 'closed', verdict: 'not-assessed' });
    expect(await s.issue(1)).toMatchObject({ state: 'closed' });
    expect((await s.issue(1)).labels).toContain('needs: verdict');
    await issues.update({ ...on, issue_number: 1, state: 'open' });
    await s.deliver();
    expect(await incident(s)).toMatchObject({ status: 'open' });
    await issues.update({ ...on, issue_number: 1, state: 'closed' });
    await s.deliver();
    const asked = (await s.ourComments(1)).filter((body) => body.startsWith('Closed without a verdict. What was it?'));
    expect(asked).toHaveLength(1);
  });

  it('closing asks no verdict that was given already', async () => {
    await using s = await withIncident();
    await s.comment('hana', 1, '/verdict fp our own scanner');
    await s.a.t.person('hana').rest.issues.update({ ...on, issue_number: 1, state: 'closed' });
    await s.deliver();
    expect(await incident(s)).toMatchObject({ status: 'closed', verdict: 'false-positive' });
    expect((await s.ourComments(1)).filter((body) => body.startsWith('Closed without a verdict'))).toEqual([]);
  });

  it('closing by a person without the right is put back', async () => {
    await using s = await withIncident();
    s.policy = { ...s.policy, grants: { ...s.policy.grants, analyst: { people: [], teams: [], roles: [] } } };
    await s.a.t.person('hana').rest.issues.update({ ...on, issue_number: 1, state: 'closed' });
    await s.deliver();
    expect(await incident(s)).toMatchObject({ status: 'open' });
    expect((await s.issue(1)).state).toBe('open');
  });

  it('a severity label by a person with the right counts as /severity', async () => {
    await using s = await withIncident();
    await s.a.t.person('hana').rest.issues.addLabels({ ...on, issue_number: 1, labels: ['severity: critical'] });
    await s.deliver();
    expect(await incident(s)).toMatchObject({ severity: 'critical', severity_by: 'hana' });
    const { labels } = await s.issue(1);
    expect(labels.filter((label) => label.startsWith('severity: '))).toEqual(['severity: critical']);
  });

  it.each([
    ['a managed label taken off', { labels: ['mine'] }, ['incident', 'mine', 'needs: approval', 'severity: high']],
    [
      'a managed label put on',
      { labels: ['incident', 'severity: high', 'needs: approval', 'verdict: benign'] },
      ['incident', 'needs: approval', 'severity: high'],
    ],
  ])('%s is put back, other labels are left alone', async (_, change, expected) => {
    await using s = await withIncident();
    await s.a.t.person('ken').rest.issues.setLabels({ ...on, issue_number: 1, ...change });
    await s.deliver();
    expect((await s.issue(1)).labels.sort()).toEqual(expected);
    expect(await incident(s)).toMatchObject({ verdict: 'not-assessed' });
  });

  it('an edit of our text is put back, what stands in Notes stays', async () => {
    await using s = await withIncident();
    const { body } = await s.issue(1);
    const forged = body
      .replace('`203.0.113[.]1`', '`198.51.100[.]1`')
      .replace('<!-- yagura:notes-end -->', 'mine\n\n<!-- yagura:notes-end -->');
    await s.a.t.person('ken').rest.issues.update({ ...on, issue_number: 1, body: forged });
    await s.deliver();
    const now = (await s.issue(1)).body;
    expect(now).not.toContain('198.51.100[.]1');
    expect(now).toContain('mine');
  });

  it('locking is noted, and so is editing or deleting a comment that counted or was ours', async () => {
    await using s = await withIncident();
    const { issues } = s.a.t.person('ken').rest;
    const id = await s.comment('ken', 1, '/take');
    await s.deliver();
    await issues.updateComment({ ...on, comment_id: id, body: '/approve all' });
    await s.deliver();
    await issues.deleteComment({ ...on, comment_id: id });
    await s.deliver();
    expect(await tampering(s)).toEqual([
      expect.objectContaining({ comment: id, action: 'edited', by: 'ken' }),
      expect.objectContaining({ comment: id, action: 'deleted', by: 'ken' }),
    ]);
    expect((await s.store.query('select 1 from command')).rowCount).toBe(1);
  });
});

describe('an issue that is gone', () => {
  const repository = 'acme/soc';
  const transfer = ['issues/transfer', 'transferred', { to: 'acme/soc-config' }] as const;
  const remove = ['issues/delete', 'deleted', {}] as const;
  it.each([
    ['was deleted', 'issues/delete', { repository, number: 1 }],
    ['was transferred', 'issues/transfer', { repository, number: 1, to: 'acme/soc-config' }],
  ])('takes no more alerts when it %s by somebody with the right: the next opens a new one', async (_, path, body) => {
    await using s = await withIncident();
    await stage(s, path, body);
    await s.deliver();
    const first = await s.store.query('select status, closed_by from incident where id = 1');
    expect(first.rows).toEqual([{ status: 'closed', closed_by: 'ken' }]);
    expect((await s.store.query(`select 1 from ledger where kind = 'incident.closed'`)).rowCount).toBe(1);
    await s.take(attack(1, { seen: 'again' }));
    const now = await s.store.query<{ issue: string }>(`select issue from incident where status = 'open'`);
    expect(now.rows).toHaveLength(1);
    expect((await s.issue(Number(now.rows[0]?.issue))).body).toContain('`203.0.113[.]1`');
  });

  it.each([
    ['transferred by somebody without the right', transfer, 'otto', 'rin', 'by otto, who may not end it'],
    ['transferred by somebody who is part of it', transfer, 'ken', 'ken', 'by ken, who may not end it'],
    ['deleted by somebody who is part of it', remove, 'ken', 'ken', 'by ken, who may not end it'],
    ['transferred, and no webhook says by whom', transfer, 'ken', 'rin', undefined],
    ['deleted, and no webhook says by whom', remove, 'ken', 'rin', undefined],
  ])('goes on in a new issue when it was %s', async (_, [path, how, to], as, user, by) => {
    await using s = await spine();
    await s.take(attack(1, { user }));
    await stage(s, path, { repository, number: 1, as, ...to });
    await s.deliver((hooks) => (by ? hooks : []));
    await s.store.query(`update publication set dirty = true, touched = touched + 1, sent_hash = null`);
    for (let n = 0; n < 8; n += 1) {
      await s.settle();
      s.pass(30);
    }
    const found = await s.store.query<{ status: string; issue: string }>('select status, issue from incident');
    expect(found.rows).toEqual([{ status: 'open', issue: '2' }]);
    expect((await s.issue(2)).body).toContain('/approve R1');
    expect((await s.ourComments(2)).join('\n')).toContain(
      `**This incident goes on here.** Its issue, 1, was ${how}${by ? ` ${by}` : ', nobody knows by whom'}.`,
    );
    await s.comment('mika', 2, '/approve R1');
    expect((await s.store.query('select 1 from task')).rowCount).toBeGreaterThan(0);
  });
});

describe('deliveries', () => {
  it('change nothing when they come again, in any order, and a comment of both ways runs once', async () => {
    await using s = await withIncident();
    s.pass(2);
    await s.a.t.person('ken').rest.issues.createComment({ ...on, issue_number: 1, body: '/severity low' });
    let seen: ReceivedHook[] = [];
    await s.deliver((hooks) => {
      seen = hooks;
      return [...hooks, ...hooks].reverse();
    });
    await s.deliver((hooks) => [...seen, ...hooks]);
    await s.sweep();
    await s.settle();
    expect((await s.store.query('select 1 from command')).rowCount).toBe(1);
  });

  it('of another repository and of another installation do nothing', async () => {
    await using s = await withIncident();
    s.pass(2);
    await s.a.t.person('ken').rest.issues.createComment({ ...on, issue_number: 1, body: '/severity low' });
    await s.a.t.person('ken').rest.issues.update({ ...on, issue_number: 1, state: 'closed' });
    const elsewhere = (hook: ReceivedHook, part: 'repository' | 'installation') => {
      const payload = { ...hook.payload, [part]: { ...(hook.payload[part] as object), id: 424_242 } };
      const headers = { ...hook.headers, 'x-github-delivery': `${hook.guid}-${part}` };
      return { ...hook, headers, body: JSON.stringify(payload) };
    };
    await s.deliver((hooks) => hooks.flatMap((h) => [elsewhere(h, 'repository'), elsewhere(h, 'installation')]));
    expect((await s.store.query('select 1 from comment')).rowCount).toBe(0);
    expect(await incident(s)).toMatchObject({ status: 'open', severity: 'high' });
    expect((await s.outcomes()).slice(-4).every((outcome) => outcome.startsWith('dropped: '))).toBe(true);
  });

  it('an issue of the report form becomes an incident; another issue does not', async () => {
    await using s = await spine();
    const { issues } = s.a.t.person('otto').rest;
    await s.a.github.createLabel({ owner: 'acme', name: 'soc' }, { name: 'report', color: 'ededed', description: '' });
    await issues.create({ ...on, title: 'Just a question', body: '' });
    await s.a.t
      .person('ken')
      .rest.issues.create({ ...on, title: 'Odd mail', body: 'from 203.0.113.8', labels: ['report'] });
    await s.deliver();
    const found = await s.store.query<{ issue: string; adopted: boolean }>('select issue, adopted from incident');
    expect(found.rows).toEqual([{ issue: '2', adopted: true }]);
    expect((await s.issue(2)).body).toBe('from 203.0.113.8');
  });

  it.each(['webhook', 'sweep'])(
    'an issue of the report form counts without its label too, found by %s',
    async (way) => {
      await using s = await spine();
      const { issues } = s.a.t.person('otto').rest;
      const form = '### What did you see?\n\nMail from 203.0.113.8\n\n### Where?\n\n_No response_\n';
      await issues.create({ ...on, title: 'Odd', body: '### What did you see?\n\nnothing of the form besides' });
      await issues.create({ ...on, title: 'Odd mail', body: form });
      await s.deliver((hooks) => (way === 'webhook' ? hooks : []));
      if (way === 'sweep') await s.sweep();
      await s.settle();
      const found = await s.store.query<{ issue: string; adopted: boolean }>('select issue, adopted from incident');
      expect(found.rows).toEqual([{ issue: '2', adopted: true }]);
    },
  );
});
