import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ocsfCaption } from '../../src/normalize/ocsf/schema.ts';
import type { DetectionFinding, VulnerabilityFinding } from '../../src/normalize/ocsf/types.ts';
import { validateOcsf } from '../../src/normalize/ocsf/validate.ts';

const finding: DetectionFinding = {
  activity_id: 1,
  category_uid: 2,
  class_uid: 2004,
  type_uid: 200401,
  severity_id: 4,
  time: 1_772_366_400_000,
  metadata: { version: '1.8.0', product: { name: 'Falco', vendor_name: 'Falco' } },
  finding_info: { uid: 'f-1', title: 'Shell in a container' },
};

describe('validateOcsf', () => {
  it('finds nothing wrong with a minimal detection finding', () => {
    expect(validateOcsf(finding)).toEqual([]);
  });

  const wrong: [string, unknown, string][] = [
    ['something that is no object', 'text', 'The event is not an object.'],
    ['an unknown class', { ...finding, class_uid: 9999 }, 'class_uid 9999 is not a class Yagura knows.'],
    [
      'a missing required attribute',
      { ...finding, time: undefined },
      'time is missing; Detection Finding requires it.',
    ],
    [
      'a missing required attribute of an object',
      { ...finding, finding_info: { title: 'no uid' } },
      'finding_info.uid is missing; Finding Information requires it.',
    ],
    ['a wrong type', { ...finding, message: 7 }, 'message must be a string.'],
    ['a float where a whole number belongs', { ...finding, time: 1.5 }, 'time must be a whole number.'],
    ['a lone object where an array belongs', { ...finding, observables: {} }, 'observables must be an array.'],
    [
      'a number outside its enumeration',
      { ...finding, severity_id: 7 },
      'severity_id is 7, which its enumeration lacks.',
    ],
    [
      'a type number that does not follow from class and activity',
      { ...finding, type_uid: 200402 },
      'type_uid must be class_uid * 100 + activity_id, which is 200401.',
    ],
    [
      'an attribute the class does not have',
      { ...finding, sevrity: 'x' },
      'sevrity is not an attribute of Detection Finding.',
    ],
    [
      'an address that is none',
      { ...finding, evidences: [{ src_endpoint: { ip: '300.1.1.1' } }] },
      'evidences[0].src_endpoint.ip is not an IP address.',
    ],
    [
      'a port out of range',
      { ...finding, evidences: [{ src_endpoint: { ip: '192.0.2.1', port: 70_000 } }] },
      'evidences[0].src_endpoint.port is out of range.',
    ],
    [
      'an endpoint that names nothing',
      { ...finding, evidences: [{ src_endpoint: { port: 80 } }] },
      'evidences[0].src_endpoint needs at least one of ip, uid, name, hostname, svc_name, instance_uid, interface_uid, interface_name, domain.',
    ],
  ];
  it.each(wrong)('reports %s', (_, event, sentence) => {
    expect(validateOcsf(event)).toEqual([sentence]);
  });

  it('asks for exactly one of advisory, CVE and CWE in a vulnerability', () => {
    const event: VulnerabilityFinding = {
      ...finding,
      class_uid: 2002,
      type_uid: 200201,
      vulnerabilities: [{ cve: { uid: 'CVE-2026-0001' }, cwe: { uid: 'CWE-79' } }],
    };
    expect(validateOcsf(event)).toEqual(['vulnerabilities[0] needs exactly one of advisory, cve, cwe.']);
  });

  it('asks for what a profile requires only when the event names that profile', () => {
    const metadata = { ...finding.metadata, profiles: ['cloud'] };
    expect(validateOcsf({ ...finding, metadata })).toEqual(['cloud is missing; Detection Finding requires it.']);
  });

  it('does not look into objects that are left open', () => {
    expect(validateOcsf({ ...finding, unmapped: { anything: [1, 'two'] } })).toEqual([]);
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(validateOcsf(a)).toBeInstanceOf(Array);
        expect(validateOcsf({ ...finding, metadata: a, finding_info: b, evidences: a })).toBeInstanceOf(Array);
      }),
    );
  });

  it('knows the captions of enumerations', () => {
    expect(ocsfCaption('2004', 'severity_id', 4)).toBe('High');
    expect(ocsfCaption('observable', 'type_id', 2)).toBe('IP Address');
    expect(ocsfCaption('observable', 'type_id', 4711)).toBeUndefined();
  });
});
