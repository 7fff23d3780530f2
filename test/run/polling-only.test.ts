import { describe, expect, it } from 'vitest';
import { quietByDefault } from '../../src/domain/quiet.ts';
import { putAlert } from '../../src/forge/operations/alerts.ts';
import { hear, maySpend } from '../../src/run/hearing.ts';
import { blockRule } from '../commands/incident-in-test.ts';
import { attack, type Spine, spine } from './spine.ts';

const soc = { owner: 'acme', repo: 'soc' };
const oneRule = { responses: [blockRule({ resources: ['edge'], duration: 3600 })] };

/** The app's own rhythm: comments when the last look says, everything else every minute. */
async function run(s: Spine, seconds: number): Promise<void> {
  let next = 10;
  for (let at = 10; at <= seconds; at += 10) {
    s.pass(10);
    if (at >= next) next = at + (await s.quickLook()).nextMs / 1000;
    if (at % 60 === 0) {
      await s.sweep();
      while (await s.lookAtAlerts());
    }
    await s.settle();
  }
}

async function write(s: Spine, by: string, body: string): Promise<Date> {
  const made = await s.a.t.person(by).rest.issues.createComment({ ...soc, issue_number: 1, body });
  return new Date(made.data.created_at);
}

/** What Yagura wrote on an issue. */
async function answers(s: Spine, issue: number): Promise<{ body: string; at: Date }[]> {
  const { botId } = await s.a.github.self();
  const comments = await s.a.github.comments({ owner: 'acme', name: 'soc' }, issue);
  return comments.filter((one) => one.user.id === botId).map((one) => ({ body: one.body, at: one.createdAt }));
}

async function state(s: Spine) {
  const count = async (table: string) =>
    (await s.store.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n;
  const { store } = s.a.t.forge.state;
  return {
    ...{ commands: await count('command'), tasks: await count('task'), incidents: await count('incident') },
    ...{ alerts: await count('alert'), records: await count('raw_record') },
    ...{ issues: store.size('issue'), comments: store.size('comment') },
  };
}

describe('with no webhook at all', () => {
  it('a command is answered within 30 seconds, and nothing happens twice when all webhooks come back', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    await run(s, 60);
    const written = [await write(s, 'ken', '/approve R1')];
    await run(s, 30);
    written.push(await write(s, 'ken', '/take'));
    await run(s, 30);
    const receipts = (await answers(s, 1)).slice(-2);
    expect(receipts.map((one) => one.body.split('\n')[0])).toEqual([
      expect.stringContaining('approve R1'),
      expect.stringContaining('take'),
    ]);
    for (const [n, one] of receipts.entries())
      expect(one.at.getTime() - (written[n]?.getTime() ?? 0)).toBeLessThanOrEqual(30_000);
    const { state: forge } = s.a.t.forge;
    const [repo] = forge.store.all('repository');
    const ken = forge.store.all('account').find((one) => one.login === 'ken');
    if (!repo || !ken) throw new Error('The forge is not seeded.');
    forge.store.transact(() => putAlert(forge, ken, repo, { scanner: 'secret-scanning' }));
    await run(s, 120);
    const before = await state(s);
    expect(before).toMatchObject({ tasks: 1, commands: 2, incidents: 2, alerts: 2, issues: 2 });
    // Everything is delivered again: GitHub's own redeliveries twice.
    await s.deliver((hooks) => {
      expect(hooks.map((hook) => hook.event)).toContain('secret_scanning_alert');
      expect(hooks.length).toBeGreaterThan(5);
      return [...hooks, ...hooks.toReversed()];
    });
    await run(s, 120);
    expect(await state(s)).toEqual(before);
  });

  it('from one moment on, a command is answered within 30 seconds before anybody knows that they stopped', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    await s.deliver();
    await run(s, 60);
    await s.deliver();
    const written = await write(s, 'ken', '/take');
    await run(s, 30);
    const [receipt] = (await answers(s, 1)).slice(-1);
    expect(receipt?.body).toContain('take');
    expect((receipt?.at.getTime() ?? Number.NaN) - written.getTime()).toBeLessThanOrEqual(30_000);
  });

  it('issues are asked for too, which are left to webhooks while those come', async () => {
    await using s = await spine();
    await s.take(attack(1));
    const asked = async () => {
      s.a.requests.length = 0;
      await s.quickLook();
      return s.a.requests.map((line) => line.replace(/\?.*/, ''));
    };
    const comments = 'GET /repos/acme/soc/issues/comments';
    expect(await asked()).toEqual([comments, 'GET /repos/acme/soc/issues']);
    await s.deliver();
    expect(await asked()).toEqual([comments]);
  });

  it('comments are asked for by a moment that moves once a minute, so that five of six looks are free', async () => {
    await using s = await spine({}, { limits: true });
    await s.take(attack(1));
    s.pass(300);
    await s.settle();
    const before = await s.a.github.requestsLeft();
    for (let n = 0; n < 60; n += 1) {
      s.pass(10);
      expect((await s.quickLook()).looked).toBe(true);
    }
    const after = await s.a.github.requestsLeft();
    expect((before?.left ?? 0) - (after?.left ?? 0)).toBeLessThanOrEqual(22);
  });

  it('a command on what is closed is answered within 30 seconds too, when nothing is open', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    await write(s, 'ken', '/close benign a test of ours');
    await run(s, 30);
    expect((await s.issue(1)).state).toBe('closed');
    s.pass(86_400);
    await s.sweep();
    const written = await write(s, 'ken', '/reopen');
    await run(s, 30);
    const [receipt] = (await answers(s, 1)).slice(-1);
    expect(receipt?.body).toContain('reopen');
    expect((receipt?.at.getTime() ?? Number.NaN) - written.getTime()).toBeLessThanOrEqual(30_000);
    expect((await s.issue(1)).state).toBe('open');
  });

  it('nobody asks every ten seconds while no incident is open and no command waits', async () => {
    await using s = await spine();
    expect(await s.quickLook()).toEqual({ looked: true, nextMs: 20_000 });
    await s.take(attack(1));
    expect(await s.quickLook()).toEqual({ looked: true, nextMs: 10_000 });
    await s.store.query(`update incident set status = 'closed'`);
    expect(await s.quickLook()).toEqual({ looked: true, nextMs: 20_000 });
  });

  it('nobody asks every ten seconds for what stands in a digest only, which stays open', async () => {
    await using s = await spine({ quiet: quietByDefault });
    await s.take(attack(1, { severity: 'low' }));
    expect((await s.store.query('select stands, status from incident')).rows).toEqual([
      { stands: 'digest', status: 'open' },
    ]);
    expect(await s.quickLook()).toEqual({ looked: true, nextMs: 20_000 });
  });

  it('a fifth of the hour’s requests is kept for what is written', async () => {
    const left = (n: number) => maySpend({ requestsLeft: async () => ({ left: n, limit: 5000 }) });
    expect(await left(1001)).toBe(true);
    expect(await left(1000)).toBe(false);
    expect(await maySpend({ requestsLeft: async () => undefined })).toBe(true);
  });
});

describe('whether webhooks come', () => {
  const heard = (s: Spine, expected = true) => hear({ ...s.deps, expected });

  it('is known from the first one on, and doubted half a minute after one of our own did not come back', async () => {
    await using s = await spine();
    expect(await heard(s)).toEqual({ webhooks: false, because: 'no webhook has come yet' });
    await s.take(attack(1));
    await s.deliver();
    expect(await heard(s)).toEqual({ webhooks: true });
    expect((await s.quickLook()).nextMs).toBe(20_000);
    await s.take(attack(2));
    s.pass(20);
    expect(await heard(s)).toEqual({ webhooks: true });
    s.pass(20);
    expect(await heard(s)).toMatchObject({
      webhooks: false,
      because: expect.stringContaining('no webhook has come since'),
    });
    expect((await s.quickLook()).nextMs).toBe(10_000);
    await s.deliver();
    expect(await heard(s)).toEqual({ webhooks: true });
  });

  it('is not asked where the settings say that none will', async () => {
    await using s = await spine();
    await s.take(attack(1));
    await s.deliver();
    expect(await heard(s, false)).toEqual({ webhooks: false, because: 'YAGURA_WEBHOOKS is off' });
  });

  it('is said in a note, with how GitHub is asked instead', async () => {
    await using s = await spine();
    expect(await s.lookNotes()).toEqual([
      {
        part: 'webhooks',
        note: 'no webhook has come yet; GitHub is asked every 10 seconds while an incident is open, else every 20',
      },
    ]);
  });
});
