import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParsedAlert } from '../../src/domain/alert.ts';
import { github } from '../../src/sources/github.ts';

const receivedAt = new Date('2026-03-05T00:00:00Z');
const folder = join(import.meta.dirname, '..', 'fixtures', 'sources', 'github');
type Payload = Record<string, unknown>;
const fixture = (file: string): Payload => JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8'));
function one(record: unknown): ParsedAlert {
  const alerts = github.parse(record, { receivedAt });
  if (!Array.isArray(alerts) || alerts[0] === undefined) throw new Error(JSON.stringify(alerts));
  return alerts[0];
}
const quotes = (alert: ParsedAlert) => Object.fromEntries(alert.quoted.map((q) => [q.name, q.value]));
const rule = fixture('branch-protection-weakened').rule as Payload;

describe('github: branch protection', () => {
  it('tells what got weaker, and not what did not', () => {
    const alert = one(fixture('branch-protection-weakened'));
    expect(alert).toMatchObject({
      title: 'Protection of main in acme/shop-api was weakened',
      severity: 'medium',
      time: new Date('2026-03-01T10:00:00Z'),
    });
    expect(quotes(alert).weaker?.split('; ')).toEqual([
      'less: administrators are held to it',
      'less: number of approvals',
      'now allowed: force pushes',
      'check no longer required: scan',
    ]);
    expect(alert.entities).toContainEqual({ type: 'user', value: 'ken', role: 'did it', from: 'field' });
  });

  const weakened = fixture('branch-protection-weakened');
  it.each<[string, Payload, Payload, ParsedAlert['severity']]>([
    ['fewer approvals', { required_approving_review_count: { from: 2 } }, {}, 'medium'],
    ['more approvals', { required_approving_review_count: { from: 0 } }, {}, 'informational'],
    [
      'reviews for everyone instead of none',
      { pull_request_reviews_enforcement_level: { from: 'off' } },
      {},
      'informational',
    ],
    [
      'reviews no longer for administrators',
      { pull_request_reviews_enforcement_level: { from: 'everyone' } },
      { pull_request_reviews_enforcement_level: 'non_admins' },
      'medium',
    ],
    [
      'force pushes no longer allowed',
      { allow_force_pushes_enforcement_level: { from: 'everyone' } },
      { allow_force_pushes_enforcement_level: 'off' },
      'informational',
    ],
    [
      'one more who may push',
      { authorized_actor_names: { from: ['ken'] } },
      { authorized_actors_only: true, authorized_actor_names: ['ken', 'mika'] },
      'medium',
    ],
    [
      'only named people may push from now on',
      { authorized_actors_only: { from: false }, authorized_actor_names: { from: [] } },
      { authorized_actors_only: true, authorized_actor_names: ['ken'] },
      'informational',
    ],
    ['another pattern', { name: { from: 'release/*' } }, {}, 'medium'],
    ['nothing said', {}, {}, 'low'],
  ])('%s', (_, changes, now, severity) => {
    expect(one({ ...weakened, changes, rule: { ...rule, ...now } }).severity).toBe(severity);
  });

  it('deleting the rule of the default branch is worse than that of another', () => {
    const deleted = { ...weakened, action: 'deleted', changes: undefined };
    expect(one(deleted)).toMatchObject({ severity: 'high', time: receivedAt });
    expect(one({ ...deleted, rule: { ...rule, name: 'docs/*' } }).severity).toBe('medium');
    expect(one({ ...deleted, action: 'created' })).toMatchObject({ severity: 'informational' });
  });

  it('two edits within a second are two records', () => {
    const other = { ...weakened, changes: { admin_enforced: { from: true } } };
    expect(github.eventId?.(other)).not.toBe(github.eventId?.(weakened));
  });

  it('all of it switched off is high, switched on is for the record, of one subject', () => {
    const off = one(fixture('branch-protection-off'));
    const on = one({ ...fixture('branch-protection-off'), action: 'enabled' });
    expect([off.severity, on.severity]).toEqual(['high', 'informational']);
    expect(on.subject).toEqual(off.subject);
    expect(on.rule).not.toBe(off.rule);
    expect([off.lifecycle, on.lifecycle]).toEqual([undefined, undefined]);
  });
});

describe('github: rulesets', () => {
  const weakened = fixture('ruleset-weakened');
  const ruleset = weakened.repository_ruleset as Payload;

  it('tells which rules went and where fewer approvals are asked for', () => {
    const alert = one(weakened);
    expect(alert).toMatchObject({
      title: 'Ruleset protect main of acme/shop-api was weakened',
      severity: 'medium',
      time: new Date('2026-03-01T10:00:00Z'),
    });
    expect(quotes(alert).weaker?.split('; ')).toEqual([
      'rule taken out: required signatures',
      'less: number of approvals',
    ]);
  });

  it.each<[string, Payload, Payload, ParsedAlert['severity']]>([
    ['no longer enforced', { enforcement: { from: 'active' } }, { enforcement: 'disabled' }, 'high'],
    ['only watched', { enforcement: { from: 'active' } }, { enforcement: 'evaluate' }, 'high'],
    ['enforced again', { enforcement: { from: 'disabled' } }, {}, 'informational'],
    ['one more rule', { rules: { added: [{ type: 'deletion' }] } }, {}, 'informational'],
    ['a rule changed somehow', { rules: { updated: [{ rule: { type: 'push' }, changes: {} }] } }, {}, 'low'],
    [
      'fewer branches',
      {
        conditions: {
          updated: [{ condition: { ref_name: { include: ['a'] } }, changes: { include: { from: ['a', 'b'] } } }],
        },
      },
      {},
      'medium',
    ],
    [
      'off for branches that are not the default one',
      { enforcement: { from: 'active' } },
      { enforcement: 'disabled', conditions: { ref_name: { include: ['refs/heads/docs'] } } },
      'medium',
    ],
    ['nothing said', {}, {}, 'low'],
  ])('%s', (_, changes, now, severity) => {
    expect(one({ ...weakened, changes, repository_ruleset: { ...ruleset, ...now } }).severity).toBe(severity);
  });

  it('deleting one that held the default branch is high, adding one is for the record', () => {
    expect(one({ ...weakened, action: 'deleted', changes: undefined }).severity).toBe('high');
    const off = { ...ruleset, enforcement: 'disabled' };
    expect(one({ ...weakened, action: 'deleted', repository_ruleset: off }).severity).toBe('informational');
    expect(one({ ...weakened, action: 'created' }).severity).toBe('informational');
  });

  it('two edits within a second are two records', () => {
    expect(github.eventId?.({ ...weakened, changes: {} })).not.toBe(github.eventId?.(weakened));
  });
});

describe('github: who may reach a repository', () => {
  it.each<[string, Payload, ParsedAlert['severity'], string]>([
    ['may write', { read_only: false }, 'medium', 'Deploy key with read and write access added to acme/shop-api'],
    ['only reads', { read_only: true }, 'low', 'Deploy key with read access added to acme/shop-api'],
  ])('a deploy key that %s', (_, change, severity, title) => {
    const record = fixture('deploy-key-created');
    const key = { ...(record.key as Payload), ...change };
    expect(one({ ...record, key })).toMatchObject({ severity, title, kind: 'threat', subject: [] });
    expect(one({ ...record, key, action: 'deleted' })).toMatchObject({ severity: 'informational' });
  });

  it.each<[string, string, Payload | undefined, ParsedAlert['severity'], string]>([
    [
      'made administrator',
      'added',
      { role_name: { to: 'admin' } },
      'medium',
      'was given admin access to acme/shop-api',
    ],
    ['given write', 'added', { permission: { to: 'write' } }, 'low', 'was given write access to acme/shop-api'],
    [
      'given a role of the organization’s own',
      'added',
      { role_name: { to: 'releaser' } },
      'low',
      'was given releaser access to acme/shop-api',
    ],
    ['given read', 'added', { permission: { to: 'read' } }, 'informational', 'was given read access to acme/shop-api'],
    ['given GitHub does not say what', 'added', undefined, 'low', 'was given access to acme/shop-api'],
    [
      'raised',
      'edited',
      { permission: { from: 'read', to: 'admin' } },
      'medium',
      'has admin access to acme/shop-api now',
    ],
    [
      'lowered',
      'edited',
      { permission: { from: 'admin', to: 'write' } },
      'informational',
      'has write access to acme/shop-api now',
    ],
    ['taken out', 'removed', undefined, 'informational', 'was removed from acme/shop-api'],
  ])('a person %s', (_, action, changes, severity, title) => {
    const alert = one({ ...fixture('member-added'), action, changes });
    expect(alert).toMatchObject({ severity, title: `Outside-Helper ${title}`, kind: 'threat' });
    expect(alert.entities.map(({ type, role }) => `${type}: ${role}`)).toEqual([
      'cloud_resource: repository',
      'user: did it',
      'user: member',
    ]);
  });

  it('a repository that became public is high, told the same by both events', () => {
    const record = fixture('repository-publicized');
    const told = one(record);
    expect(told).toMatchObject({ severity: 'high', title: 'acme/shop-api became public' });
    const { action: _action, ...rest } = record;
    const also = { ...rest, event: 'public' };
    expect(github.eventId?.(also)).toBe(github.eventId?.(record));
    expect(one(also)).toEqual(told);
  });
});

describe('github: advisories', () => {
  it('a flaw reported in private names its reporter and what is affected', () => {
    const alert = one(fixture('repository-advisory-reported'));
    expect(alert).toMatchObject({
      kind: 'advisory',
      severity: 'high',
      subject: ['advisory:GHSA-5555-6666-7777'],
      title: 'An order can be read by another customer',
    });
    expect(quotes(alert)).toMatchObject({ affected: 'npm @acme/shop-api < 3.2.0', by: 'finder-of-things' });
    expect(alert.entities.at(-1)).toMatchObject({ type: 'user', value: 'finder-of-things', role: 'reporter' });
  });

  it('is dismissed once it is withdrawn, and published is a step of its own', () => {
    const record = fixture('repository-advisory-reported');
    const advisory = record.repository_advisory as Payload;
    const at = { state: 'published', published_at: '2026-03-02T00:00:00Z' };
    const published = { ...record, action: 'published', repository_advisory: { ...advisory, ...at } };
    expect(github.eventId?.(published)).not.toBe(github.eventId?.(record));
    expect(one(published)).toMatchObject({ time: new Date('2026-03-02T00:00:00Z') });
    expect(one(published).fingerprint).toEqual(one(record).fingerprint);
    const withdrawn = { ...published, repository_advisory: { ...advisory, ...at, state: 'withdrawn' } };
    expect(one(withdrawn)).toMatchObject({ lifecycle: 'dismissed', lifecycleWhy: 'withdrawn' });
  });

  it('the older alert of a vulnerable package is the one Dependabot tells of', () => {
    const older = one(fixture('repository-vulnerability-dismissed'));
    const newer = one(fixture('dependabot-created'));
    expect([older.subject, older.rule, older.kind]).toEqual([newer.subject, newer.rule, newer.kind]);
    expect(older.fingerprint).toEqual(newer.fingerprint);
    expect(older.lifecycleWhy).toBe('dismissed by ken: tolerable_risk, only the build uses it');
  });

  it('a further place of a secret is the same alert with another place', () => {
    const alert = one(fixture('secret-scanning-location'));
    const first = one(fixture('secret-scanning-created'));
    expect([alert.subject, alert.rule, alert.fingerprint]).toEqual([first.subject, first.rule, first.fingerprint]);
    expect(quotes(alert).location).toBe('scripts/refund.sh:3 in commit 9b7d103f1c2a');
    const record = fixture('secret-scanning-location');
    const url = 'https://api.github.com/repos/acme/shop-api/issues/comments/5';
    const comment = { ...record, location: { type: 'issue_comment', details: { issue_comment_url: url } } };
    expect(quotes(one(comment)).location).toBe('issue comment issues/comments/5');
    expect(github.eventId?.(comment)).not.toBe(github.eventId?.(record));
  });
});
