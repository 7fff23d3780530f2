import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParsedAlert } from '../../src/domain/alert.ts';
import { github } from '../../src/sources/github.ts';

const context = { receivedAt: new Date('2026-03-05T00:00:00Z') };
const fixture = (file: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'fixtures', 'sources', 'github', file), 'utf8'));
function one(record: unknown): ParsedAlert {
  const alerts = github.parse(record, context);
  if (!Array.isArray(alerts) || alerts[0] === undefined) throw new Error(JSON.stringify(alerts));
  return alerts[0];
}
const quotes = (alert: ParsedAlert) => Object.fromEntries(alert.quoted.map((q) => [q.name, q.value]));

describe('github: secret scanning', () => {
  it('tells what leaked, where, whether it works and who let it through', () => {
    const alert = one(fixture('secret-scanning-created.json'));
    expect(alert).toMatchObject({
      kind: 'leaked-secret',
      title: 'Stripe API Key found in acme/shop-api',
      severity: 'critical',
      subject: ['secret:501#7'],
      link: 'https://github.com/acme/shop-api/security/secret-scanning/7',
    });
    expect(quotes(alert)).toEqual({
      secret: 'Stripe API Key',
      validity: 'active',
      'push protection': 'bypassed by mika',
      location: 'config/payments.yml:12, and more places',
    });
  });

  it('never keeps the secret, should a payload carry it', () => {
    const record = fixture('secret-scanning-created.json');
    record.alert.secret = 'canary-value-that-must-not-stay';
    record.alert.first_location_detected.snippet = 'canary-value-that-must-not-stay';
    expect(JSON.stringify(one(record))).not.toContain('canary');
  });

  it('reads revoked as fixed and every other resolution as dismissed', () => {
    const record = fixture('secret-scanning-resolved.json');
    expect(one(record).lifecycle).toBe('fixed');
    record.alert.resolution = 'used_in_tests';
    expect(one(record).lifecycle).toBe('dismissed');
  });

  it('knows each step of an alert as a record of its own and all of them as one alert', () => {
    const created = fixture('secret-scanning-created.json');
    const resolved = fixture('secret-scanning-resolved.json');
    expect(github.eventId?.(resolved)).not.toBe(github.eventId?.(created));
    expect(one(resolved).fingerprint).toEqual(one(created).fingerprint);
    expect(one(resolved).subject).toEqual(one(created).subject);
  });

  it('has no event id of its own when the payload has no time of change', () => {
    const record = fixture('secret-scanning-created.json');
    record.alert.created_at = undefined;
    record.alert.updated_at = undefined;
    expect(github.eventId?.(record)).toBeUndefined();
  });
});

describe('github: Dependabot', () => {
  it('tells package, range, fix, manifest and advisory, with the severity for this package', () => {
    const alert = one(fixture('dependabot-created.json'));
    expect(alert).toMatchObject({
      kind: 'vulnerability',
      title: 'left-padder runs text from its input',
      severity: 'critical',
      subject: ['advisory:GHSA-2222-3333-4444'],
    });
    expect(quotes(alert)).toEqual({
      package: 'npm left-padder',
      vulnerable: '>= 2.0.0, < 2.4.1',
      'fixed in': '2.4.1',
      manifest: 'package-lock.json',
      advisory: 'GHSA-2222-3333-4444, CVE-2026-10001',
    });
    expect(alert.place).toMatchObject({
      by: 'dependabot',
      repository: 'acme/shop-api',
      package: 'left-padder',
      relationship: 'transitive',
      scope: 'runtime',
    });
  });

  it('gives the same advisory in two repositories one subject and two fingerprints', () => {
    const here = fixture('dependabot-created.json');
    const there = { ...here, repository: { ...here.repository, id: 502, full_name: 'acme/tools' } };
    expect(one(there).subject).toEqual(one(here).subject);
    expect(one(there).fingerprint).not.toEqual(one(here).fingerprint);
  });

  it('says when there is no fix, and compares repositories as GitHub does, without case', () => {
    const alert = one(fixture('dependabot-without-fix.json'));
    expect(quotes(alert)['fixed in']).toBe('no version yet');
    expect(alert.lifecycle).toBe('reopened');
    expect(alert.entities).toEqual([
      { type: 'cloud_resource', value: 'acme/tools', role: 'repository', from: 'field' },
    ]);
  });
});

describe('github: code scanning', () => {
  it('reads a rule with a security severity as a vulnerability with its place in the code', () => {
    const alert = one(fixture('code-scanning-appeared.json'));
    expect(alert).toMatchObject({
      kind: 'vulnerability',
      severity: 'high',
      subject: ['code:501:js/sql-injection'],
    });
    expect(quotes(alert).place).toBe('src/orders/find.ts:41');
    expect(alert.ocsf.vulnerabilities).toMatchObject([{ cwe: { uid: 'CWE-89' } }]);
  });

  it('reads the finding of a tool for configuration as a misconfiguration', () => {
    const alert = one(fixture('code-scanning-configuration.json'));
    expect(alert).toMatchObject({ kind: 'misconfiguration', severity: 'medium', lifecycle: 'dismissed' });
  });

  it('finds the CVE that scanners of images put into the rule', () => {
    const record = fixture('code-scanning-appeared.json');
    record.alert.rule = { id: 'ANCHOREVULN_CVE-2026-10009_deb_x', severity: 'error', tags: null };
    expect(one(record).ocsf.vulnerabilities).toMatchObject([{ cve: { uid: 'CVE-2026-10009' } }]);
  });
});

it('says of any other webhook that it is none of the three', () => {
  expect(github.parse({ action: 'opened', issue: {}, repository: { full_name: 'a/b' } }, context)).toHaveProperty(
    'error',
  );
  expect(github.recognise?.({ action: 'created', alert: { number: 1 }, repository: { full_name: 'a/b' } })).toBe(false);
});
