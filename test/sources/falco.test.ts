import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParsedAlert } from '../../src/domain/alert.ts';
import { falco } from '../../src/sources/falco.ts';

const context = { receivedAt: new Date('2026-03-05T00:00:00Z') };
const fixture = (file: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'fixtures', 'sources', 'falco', file), 'utf8'));
function one(record: unknown): ParsedAlert {
  const alerts = falco.parse(record, context);
  if (!Array.isArray(alerts) || alerts[0] === undefined) throw new Error(JSON.stringify(alerts));
  return alerts[0];
}

describe('falco', () => {
  it('reads rule, priority, time, technique and typed fields', () => {
    const alert = one(fixture('shell-in-container.json'));
    expect(alert).toMatchObject({
      title: 'Shell started below the web server',
      severity: 'low',
      techniques: ['T1059.004'],
      time: new Date('2026-03-01T12:01:04.120Z'),
    });
    expect(alert.entities.filter((e) => e.from === 'field').map((e) => `${e.role} ${e.value}`)).toEqual([
      'host web-01',
      'container 3f1c2a9b7d10',
      'process /usr/bin/bash',
      'parent process apache2',
      'user www-data',
    ]);
    expect(alert.entities).toContainEqual({
      type: 'url',
      value: 'http://203.0.113.7/x.sh',
      role: 'mentioned',
      from: 'text',
    });
  });

  it('takes neither `host` for a container nor <NA> for a name', () => {
    const alert = one(fixture('outbound-connection.json'));
    expect(alert.entities.map((e) => `${e.type}:${e.value}`)).toEqual([
      'host:web-02.corp.internal',
      'process:nc',
      'user:root',
      'ip:2001:db8::7',
      'ip:2001:db8::99',
    ]);
    expect(alert.ocsf.evidences).toMatchObject([{ dst_endpoint: { ip: '2001:db8::7', port: 4444 } }]);
  });

  it.each([
    ['Emergency', 'critical'],
    ['Alert', 'critical'],
    ['Critical', 'critical'],
    ['Error', 'high'],
    ['Warning', 'medium'],
    ['Notice', 'low'],
    ['Informational', 'informational'],
    ['Debug', 'informational'],
    ['something else', 'unknown'],
  ])('reads priority %s as %s', (priority, severity) => {
    expect(one({ rule: 'r', priority }).severity).toBe(severity);
  });

  it('gives two runs of one program in one container one fingerprint, and other containers another', () => {
    const record = fixture('shell-in-container.json');
    const again = { ...record, uuid: 'other', output_fields: { ...record.output_fields, 'proc.pid': 9 } };
    const elsewhere = { ...record, output_fields: { ...record.output_fields, 'container.id': '000000000000' } };
    expect(one(again).fingerprint).toEqual(one(record).fingerprint);
    expect(one(elsewhere).fingerprint).not.toEqual(one(record).fingerprint);
  });

  it('has an event id only when Falco sent one', () => {
    expect(falco.eventId?.(fixture('shell-in-container.json'))).toBe('6f0c1a52-5a4e-4c43-9e6c-0d6a3d1b7f01');
    expect(falco.eventId?.(fixture('without-fields.json'))).toBeUndefined();
  });

  it('refuses what has no rule, in a sentence', () => {
    expect(falco.parse({ output: 'x' }, context)).toMatchObject({
      error: { en: 'This is not a Falco alert: it has no rule name in `rule`.' },
    });
  });
});
