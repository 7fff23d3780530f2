import { describe, expect, it } from 'vitest';
import type { AlertKind, ParsedAlert } from '../../src/domain/alert.ts';
import { alertEventNames } from '../../src/github/alert-events.ts';
import { readDelivery } from '../../src/github/read-delivery.ts';
import { validateOcsf } from '../../src/normalize/ocsf/validate.ts';
import { textAt } from '../../src/sources/fields/at.ts';
import { github } from '../../src/sources/github.ts';
import { type Example, githubExamples } from './github-examples.ts';

const receivedAt = new Date('2026-03-05T00:00:00Z');
function one(record: unknown): ParsedAlert {
  const alerts = github.parse(record, { receivedAt });
  if (!Array.isArray(alerts) || alerts[0] === undefined || alerts.length > 1) throw new Error(JSON.stringify(alerts));
  return alerts[0];
}

/** What each event is to become, written out by hand. `{home}` and dotted paths stand for what the payload says. */
const expected: Record<string, { kind: AlertKind; subject: string[]; fingerprint: string; timed: boolean }> = {
  secret_scanning_alert: {
    kind: 'leaked-secret',
    subject: ['secret:{home}#{alert.number}'],
    fingerprint: 'alert:secret-scanning/{alert.number}',
    timed: false,
  },
  secret_scanning_alert_location: {
    kind: 'leaked-secret',
    subject: ['secret:{home}#{alert.number}'],
    fingerprint: 'alert:secret-scanning/{alert.number}',
    timed: true,
  },
  dependabot_alert: {
    kind: 'vulnerability',
    subject: ['advisory:{alert.security_advisory.ghsa_id}'],
    fingerprint: 'alert:dependabot/{alert.number}',
    timed: true,
  },
  repository_vulnerability_alert: {
    kind: 'vulnerability',
    subject: ['advisory:{alert.ghsa_id}'],
    fingerprint: 'alert:dependabot/{alert.number}',
    timed: true,
  },
  code_scanning_alert: {
    kind: 'misconfiguration',
    subject: ['code:{home}:{alert.rule.id}'],
    fingerprint: 'alert:code-scanning/{alert.number}',
    timed: false,
  },
  branch_protection_rule: {
    kind: 'misconfiguration',
    subject: ['{home}:branch-protection:{rule.name}'],
    fingerprint: 'branch-protection:{rule.name}',
    timed: true,
  },
  deploy_key: { kind: 'threat', subject: [], fingerprint: 'deploy-key:{key.id}', timed: true },
  member: { kind: 'threat', subject: [], fingerprint: 'member:{member.login}', timed: false },
  public: { kind: 'misconfiguration', subject: ['{home}:visibility'], fingerprint: 'visibility', timed: true },
  repository: { kind: 'misconfiguration', subject: ['{home}:visibility'], fingerprint: 'visibility', timed: true },
};

const lives: Record<string, ParsedAlert['lifecycle']> = {
  'code_scanning_alert closed_by_user': 'dismissed',
  'code_scanning_alert fixed': 'fixed',
  'code_scanning_alert reopened': 'reopened',
  'dependabot_alert fixed': 'fixed',
  'repository_vulnerability_alert dismiss': 'dismissed',
  'secret_scanning_alert reopened': 'reopened',
};

/** The example of the server's own vulnerability alert is older than the numbers. */
function filled(pattern: string, example: Example): string {
  return pattern
    .replace('{home}', textAt(example, 'repository.id') ?? 'missing')
    .replace(/\{([\w.]+)\}/g, (_, path: string) => textAt(example, path) ?? 'missing')
    .replace('dependabot/missing', `vulnerability-${textAt(example, 'alert.id')}`);
}

/** Two of code scanning's are of a feature branch and a pull request, where an alert has no life of its own. */
function deliveredAs({ event, ref }: Example): string {
  if (event === 'code_scanning_alert' && /code-feature|pull/.test(String(ref))) return 'ignored';
  return event === 'repository' ? 'repository' : 'alert';
}

describe('every example payload of GitHub’s own', () => {
  it('is looked at: all events but the three that have no example', () => {
    expect(githubExamples.length).toBeGreaterThan(50);
    const seen = new Set(githubExamples.map(([, { event }]) => event));
    const without = ['branch_protection_configuration', 'repository_advisory', 'repository_ruleset'];
    expect([...seen].sort()).toEqual(
      [...alertEventNames.filter((event) => !without.includes(event)), 'repository'].sort(),
    );
  });

  it.each(githubExamples)('%s', (_, example) => {
    const alert = one(example);
    const want = expected[example.event];
    if (want === undefined) throw new Error(`nothing is expected of ${example.event}`);
    const isCve = JSON.stringify(example).includes('CVE-2020-27218');
    expect(alert.kind).toBe(isCve ? 'vulnerability' : want.kind);
    expect(alert.subject).toEqual(want.subject.map((part) => filled(part, example)));
    const repository = filled('repository:{home}', example);
    const rest = filled(want.fingerprint, example);
    expect(alert.fingerprint).toEqual([repository, example.event === 'member' ? rest.toLowerCase() : rest]);
    expect(alert.lifecycle).toBe(lives[`${example.event} ${example.action}`]);
    expect(alert.lifecycleWhy === undefined).toBe(alert.lifecycle === undefined);
    expect(validateOcsf(alert.ocsf)).toEqual([]);

    const id = github.eventId?.(example);
    expect(github.eventId?.(structuredClone(example))).toBe(id);
    if (want.timed) expect(id).toMatch(/^\w+:\d+:/);
    expect(readDelivery(example.event, example).kind).toBe(deliveredAs(example));
  });

  it('are read without the name of their event too, where their shape says it', () => {
    for (const [, { event, ...payload }] of githubExamples)
      expect(github.recognise?.(payload)).toBe(event !== 'public');
  });
});

it('a worldwide security_advisory is intelligence, and no alert', () => {
  const payload = { action: 'published', security_advisory: { ghsa_id: 'GHSA-2222-3333-4444' } };
  expect(readDelivery('security_advisory', payload)).toMatchObject({ kind: 'advisory' });
  expect(github.recognise?.({ ...payload, repository: { full_name: 'acme/shop' } })).toBe(false);
});
