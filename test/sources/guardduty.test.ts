import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParsedAlert } from '../../src/domain/alert.ts';
import { guardduty } from '../../src/sources/guardduty.ts';

const context = { receivedAt: new Date('2026-03-05T00:00:00Z') };
const fixture = (file: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'fixtures', 'sources', 'guardduty', file), 'utf8'));
function one(record: unknown): ParsedAlert {
  const alerts = guardduty.parse(record, context);
  if (!Array.isArray(alerts) || alerts[0] === undefined) throw new Error(JSON.stringify(alerts));
  return alerts[0];
}
const entities = (alert: ParsedAlert) => alert.entities.map((e) => `${e.role} ${e.type}:${e.value} (${e.from})`);

describe('guardduty', () => {
  it('reads a network connection out of an EventBridge event', () => {
    const alert = one(fixture('mining-pool-eventbridge.json'));
    expect(alert).toMatchObject({ kind: 'threat', severity: 'high', rule: 'CryptoCurrency:EC2/BitcoinTool.B' });
    expect(alert.time.toISOString()).toBe('2026-03-01T11:01:00.000Z');
    expect(entities(alert)).toEqual([
      'instance host:build-3 (field)',
      'instance cloud_resource:i-0abc0000000000003 (field)',
      'instance ip:10.20.3.4 (field)',
      'instance ip:192.0.2.34 (field)',
      'remote ip:198.51.100.77 (field)',
    ]);
    expect(alert.quoted).toContainEqual({ name: 'action', value: 'outbound connection, remote port 8333' });
  });

  it('reads an API call out of an SNS notification, and says that a sample is one', () => {
    const alert = one(fixture('api-call-sns.json'));
    expect(entities(alert)).toEqual([
      'user user:ci-deploy (field)',
      'access key cloud_resource:EXAMPLEKEYID00000001 (field)',
      'caller ip:203.0.113.99 (field)',
    ]);
    expect(alert.quoted.map((q) => `${q.name}: ${q.value}`)).toContain(
      'action: DescribeInstances on ec2.amazonaws.com',
    );
    expect(alert.quoted.map((q) => q.name)).toContain('sample');
  });

  it('takes a policy finding as a misconfiguration of its resource', () => {
    const alert = one(fixture('kubernetes-policy.json'));
    expect(alert.kind).toBe('misconfiguration');
    expect(alert.subject).toEqual([
      'guardduty:Policy:Kubernetes/ExposedDashboard:arn:aws:eks:eu-central-1:111122223333:cluster/shop',
    ]);
  });

  it('reads every prober of a port probe, and an archived finding as dismissed', () => {
    const alert = one(fixture('port-probe-lambda.json'));
    expect(entities(alert)).toContain('prober ip:198.51.100.202 (field)');
    expect(alert.lifecycle).toBe('dismissed');
  });

  it('knows an updated finding as a new record but as a repeat of the same alert', () => {
    const first = fixture('kubernetes-policy.json');
    const later = { ...first, updatedAt: '2026-03-02T00:00:00.000Z' };
    expect(guardduty.eventId?.(later)).not.toBe(guardduty.eventId?.(first));
    expect(one(later).fingerprint).toEqual(one(first).fingerprint);
  });

  it.each([
    [0, 'unknown'],
    [0.5, 'informational'],
    [1, 'low'],
    [3.9, 'low'],
    [4, 'medium'],
    [6.9, 'medium'],
    [7, 'high'],
    [8.9, 'high'],
    [9, 'critical'],
    [10, 'critical'],
  ])('reads severity %d as %s', (severity, word) => {
    expect(one({ id: 'a', type: 'Recon:EC2/X', severity }).severity).toBe(word);
  });

  it('says what is wrong with anything else', () => {
    expect(guardduty.parse({ detail: { Message: '{' } }, context)).toMatchObject({
      error: { en: 'This holds no GuardDuty finding: nothing in it has an id and a type.' },
    });
  });
});
