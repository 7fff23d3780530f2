import { describe, expect, it } from 'vitest';
import type { ReceivedHook } from '../forge/hook-receiver.ts';
import { type Spine, spine } from './spine.ts';

const repository = 'acme/soc';

async function stage(s: Spine, path: string, body: object): Promise<void> {
  const { url, adminToken } = s.a.t.forge;
  const headers = { authorization: `Bearer ${adminToken}` };
  const answer = await fetch(`${url}/_admin/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
}

/** GitHub tells of something by webhook; `times` deliveries of the same one. */
async function tell(s: Spine, event: string, action: string, payload: object, times = 1): Promise<void> {
  await stage(s, 'events', { repository, event, action, payload });
  await s.deliver((hooks) => hooks.flatMap((hook) => Array.from<ReceivedHook>({ length: times }).fill(hook)));
}

async function alerts(s: Spine): Promise<Record<string, unknown>[]> {
  const found = await s.store.query('select kind, rule, title, severity, count, incident_id from alert order by id');
  return found.rows;
}

const member = { member: { login: 'outside-helper', id: 978 } };

describe('what somebody does to a repository', () => {
  it('is told each time it is done, and once however often it is delivered', async () => {
    await using s = await spine();
    await tell(s, 'member', 'added', member, 3);
    await tell(s, 'member', 'removed', member);
    await tell(s, 'member', 'added', member);
    expect((await alerts(s)).map(({ rule, count }) => [rule, count])).toEqual([
      ['member.added', 2],
      ['member.removed', 1],
    ]);
  });

  it('is one incident with what else the same person did', async () => {
    await using s = await spine();
    await tell(s, 'member', 'added', member);
    const key = { id: 88, key: 'ssh-ed25519 AAAA', title: 'laptop', read_only: false, verified: true };
    await tell(s, 'deploy_key', 'created', { key: { ...key, created_at: new Date(s.now()).toISOString() } });
    const found = await alerts(s);
    expect(found.map(({ rule }) => rule)).toEqual(['member.added', 'deploy_key.created']);
    expect(new Set(found.map(({ incident_id: id }) => id)).size).toBe(1);
  });

  it('switching branch protection off and on again are two alerts of one incident, and neither closes it', async () => {
    await using s = await spine();
    for (const action of ['disabled', 'enabled']) await tell(s, 'branch_protection_configuration', action, {});
    const found = await alerts(s);
    expect(found).toMatchObject([
      { severity: 'high', kind: 'misconfiguration' },
      { severity: 'informational', kind: 'misconfiguration' },
    ]);
    expect(new Set(found.map(({ incident_id: id }) => id)).size).toBe(1);
    expect((await s.issue(1)).state).toBe('open');
  });

  it('a repository that becomes public is one alert, though GitHub tells it twice', async () => {
    await using s = await spine();
    await stage(s, 'repositories/visibility', { repository: 'acme/soc-config', private: false });
    await s.deliver((hooks) => hooks.flatMap((hook) => [hook, asPublic(hook)]));
    expect(await s.outcomes()).toEqual(['visibility looked at', 'alert taken']);
    expect(await alerts(s)).toMatchObject([{ rule: 'repository.publicized', severity: 'high', count: 1 }]);
  });
});

/** The event `public` that GitHub sends beside `repository`: the same without an action. */
function asPublic(hook: ReceivedHook): ReceivedHook {
  const { action: _action, ...rest } = JSON.parse(hook.body) as Record<string, unknown>;
  const headers = { ...hook.headers, 'x-github-event': 'public', 'x-github-delivery': 'public-beside-repository' };
  return { ...hook, headers, body: JSON.stringify(rest) };
}

describe('the value of a leaked secret', () => {
  const canary = 'canary-value-that-must-not-stay';
  const alert = { number: 7, secret_type: 'stripe_api_key', secret: canary, created_at: '2026-03-01T10:15:00Z' };

  it.each([
    ['of the alert', 'secret_scanning_alert', { alert: { ...alert, first_location_detected: { snippet: canary } } }],
    [
      'of a further place',
      'secret_scanning_alert_location',
      { alert, location: { type: 'commit', details: { path: 'a.sh', start_line: 1, snippet: canary } } },
    ],
  ])('%s is stored nowhere', async (_, event, payload) => {
    await using s = await spine();
    await tell(s, event, 'created', payload);
    expect(await alerts(s)).toMatchObject([{ kind: 'leaked-secret' }]);
    const kept = await s.store.query<{ text: string }>(
      `select payload::text as text from delivery union all select convert_from(content, 'UTF8') from raw_record
       union all select to_jsonb(a)::text from alert a union all select to_jsonb(p)::text from publication p`,
    );
    expect(kept.rowCount).toBeGreaterThan(3);
    for (const { text } of kept.rows) expect(text).not.toContain(canary);
  });
});
