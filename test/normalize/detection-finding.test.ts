import { describe, expect, it } from 'vitest';
import { fromFindingInfo } from '../../src/domain/attribution.ts';
import type { DetectionRule } from '../../src/domain/detection.ts';
import type { AlertEntity } from '../../src/domain/entity.ts';
import { detectionFinding } from '../../src/normalize/detection-finding.ts';
import type { EventFacts } from '../../src/normalize/native-event-record.ts';
import { validateOcsf } from '../../src/normalize/ocsf/validate.ts';

const source = { name: 'windows', product: { vendor: 'Microsoft', name: 'Windows' } };
const entity = (type: AlertEntity['type'], value: string): AlertEntity => ({ type, value, role: 'a', from: 'field' });
const plain: DetectionRule = {
  id: 'rule-1',
  title: 'A rule',
  tags: [],
  references: [],
  falsepositives: [],
  path: 'detections/a.yml',
  line: 1,
  silent: false,
};

function alertOf(rule: Partial<DetectionRule> = {}, facts: Partial<EventFacts> = {}, fields: object = {}) {
  const record = {
    event: { a: 1 },
    time: new Date('2026-03-01T12:00:00Z'),
    facts: () => ({ entities: [], quoted: [], ...facts }),
  };
  const match = { rule: { ...plain, ...rule }, fields: { ...fields }, value: () => undefined };
  const alert = detectionFinding(source, record, match, { repository: 'acme/soc-config', commit: 'c0ffee' });
  expect(validateOcsf(alert.ocsf)).toEqual([]);
  return alert;
}
const infoOf = (alert: { ocsf: Record<string, unknown> }) => alert.ocsf.finding_info;

describe('the alert of a rule that matched', () => {
  it.each([
    ['informational', 'informational'],
    ['low', 'low'],
    ['medium', 'medium'],
    ['high', 'high'],
    ['critical', 'critical'],
    [undefined, 'medium'],
    ['unknown', 'medium'],
    ['loud', 'medium'],
  ])('of level %s has severity %s', (level, severity) => {
    expect(alertOf(level === undefined ? {} : { level }).severity).toBe(severity);
  });

  it('names the techniques of its tags', () => {
    const tags = ['attack.execution', 'attack.t1059.001', 'attack.T1105', 'attack.s0002', 'cve.2021-44228', 't1059'];
    expect(alertOf({ tags }).techniques).toEqual(['T1059.001', 'T1105']);
  });

  it('quotes what matched, then what the event says beside', () => {
    const quoted = [
      ['command line', 'whoami'],
      ['user', 'mika'],
    ] as const;
    const fields = { CommandLine: 'whoami', EventID: 1, Hashes: ['a', 'b'], Fourth: 'x' };
    expect(alertOf({}, { quoted }, fields).quoted).toEqual([
      { name: 'CommandLine', value: 'whoami' },
      { name: 'EventID', value: '1' },
      { name: 'Hashes', value: '["a","b"]' },
      { name: 'user', value: 'mika' },
    ]);
    expect(alertOf({}, {}, { Script: 'x'.repeat(9_000) }).quoted[0]?.value.length).toBeLessThan(600);
  });

  it('is a repeat of one with the same host and account, else with the same first entity', () => {
    const both = [entity('ip', '203.0.113.7'), entity('host', 'web-01'), entity('user', 'mika')];
    expect(alertOf({}, { entities: both }).fingerprint).toEqual(['host:web-01', 'user:mika']);
    expect(alertOf({}, { entities: both.slice(0, 1) }).fingerprint).toEqual(['ip:203.0.113.7']);
    expect(alertOf().fingerprint).toEqual([]);
  });

  it('says whose rule it is, in OCSF too, from where it can be read again', () => {
    const rule = { author: 'Ada Example, Ben @example', license: 'MIT', level: 'low', tags: ['attack.t1059'] };
    const alert = alertOf(rule);
    const where = { file: 'detections/a.yml:1', link: '/acme/soc-config/blob/c0ffee/detections/a.yml#L1' };
    expect(alert.attribution).toEqual({ ruleId: 'rule-1', title: 'A rule', ...where, ...rule });
    expect(fromFindingInfo(JSON.parse(JSON.stringify(infoOf(alert))))).toEqual(alert.attribution);
    const bare = alertOf();
    expect(bare.attribution).toEqual({ ruleId: 'rule-1', title: 'A rule', tags: [], ...where });
    expect(fromFindingInfo(infoOf(bare))).toEqual(bare.attribution);
    for (const none of [undefined, null, {}, { analytic: null, tags: null }])
      expect(fromFindingInfo(none)).toBeUndefined();
  });

  it('of SigmaHQ is under the license of its collection, which its files do not name', () => {
    const licenseOf = (path: string, license?: string) =>
      alertOf({ path, ...(license === undefined ? {} : { license }) }).attribution?.license;
    expect(licenseOf('detections/sigmahq/rules/a.yml')).toBe('DRL-1.1');
    expect(licenseOf('detections/sigma/a.yml')).toBe('DRL-1.1');
    expect(licenseOf('detections/sigmahq/a.yml', 'MIT')).toBe('MIT');
    expect(licenseOf('detections/ours/a.yml')).toBeUndefined();
  });

  it('is known by its file when it has no id', () => {
    expect(alertOf({ id: '', line: 7 }).rule).toBe('detections/a.yml:7');
  });
});
