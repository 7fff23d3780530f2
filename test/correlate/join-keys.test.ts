import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, joinKeys, repeatWindowMs } from '../../src/correlate/join-keys.ts';
import type { ParsedAlert } from '../../src/domain/alert.ts';
import type { AlertEntity, EntityType } from '../../src/domain/entity.ts';

const hour = 3_600_000;

function alert(change: Partial<ParsedAlert> = {}): ParsedAlert {
  return {
    kind: 'threat',
    source: 'falco',
    product: 'Falco',
    title: 'Shell in a container',
    rule: 'shell',
    severity: 'high',
    time: new Date(0),
    entities: [],
    techniques: [],
    quoted: [],
    fingerprint: [],
    subject: [],
    ocsf: {},
    ...change,
  };
}

/** `host web-01` as an entity; `?` before it for one found in text. */
function entity(text: string): AlertEntity {
  const [type = '', value = ''] = text.replace('?', '').split(' ');
  return { type: type as EntityType, value, role: 'r', from: text.startsWith('?') ? 'text' : 'field' };
}

function labels(change: Partial<ParsedAlert>, shared: string[] = []): string[] {
  const isShared = (e: AlertEntity) => shared.includes(`${e.type} ${e.value}`);
  return joinKeys(alert(change), { joinWindowMs: 2 * hour, isShared })
    .map((key) => key.label)
    .filter((label) => label !== 'rule and fields');
}

describe('two threats join over', () => {
  const joining = [
    'file_hash 0f',
    'container 5af1c2d3e4b5',
    'cloud_resource i-1',
    'host web-01',
    'email eve@example.org',
    'user eve',
    'url https://example.org/x',
    'domain pool.example.org',
    'ip 203.0.113.7',
  ];

  it.each(joining)('the same %s', (text) => {
    expect(labels({ entities: [entity(text)] })).toEqual([text.replace('_', ' ')]);
  });

  it('the most specific thing they share, whatever the order of the fields', () => {
    const entities = [...joining].reverse().map(entity);
    expect(labels({ entities })).toEqual(joining.map((text) => text.replace('_', ' ')));
  });

  it.each([
    ['a process, which many hosts run', 'process /usr/bin/bash'],
    ['root', 'user root'],
    ['the account of every web server', 'user www-data'],
    ['SYSTEM', 'user system'],
    ['localhost', 'host localhost'],
    ['loopback', 'ip 127.0.0.1'],
    ['what is found in free text', '?ip 203.0.113.7'],
    ['a name in free text', '?domain pool.example.org'],
  ])('never %s', (_, text) => {
    expect(labels({ entities: [entity(text)] })).toEqual([]);
  });

  it('never what the organisation calls shared by many, but the rest', () => {
    const entities = [entity('ip 198.51.100.1'), entity('host web-01')];
    expect(labels({ entities }, ['ip 198.51.100.1'])).toEqual(['host web-01']);
  });

  it('one key for each thing, however often it is named', () => {
    const entities = [entity('host web-01'), { ...entity('host web-01'), role: 'target' }];
    expect(labels({ entities })).toEqual(['host web-01']);
  });
});

describe('what is no threat joins over its subject only', () => {
  it.each(['vulnerability', 'leaked-secret', 'misconfiguration', 'advisory'] as const)('a %s', (kind) => {
    const keys = joinKeys(alert({ kind, subject: ['advisory:GHSA-1'], entities: [entity('host web-01')] }), {
      joinWindowMs: hour,
      isShared: () => false,
    });
    expect(keys.map((key) => key.key.replace(/^repeat.*/, 'repeat'))).toEqual([
      `${kind === 'advisory' ? 'vulnerability' : kind}/advisory:GHSA-1`,
      'repeat',
    ]);
    expect(keys[0]).toMatchObject({ label: 'advisory GHSA-1' });
    expect(keys[0]?.window).toBeGreaterThan(50 * 365 * 24 * hour);
  });

  it('and not with the same subject of another kind', () => {
    const key = (kind: ParsedAlert['kind']) =>
      joinKeys(alert({ kind, subject: ['code:acme/web:x'] }), { joinWindowMs: hour, isShared: () => false })[0]?.key;
    expect(key('vulnerability')).not.toBe(key('misconfiguration'));
  });
});

describe('a repeat', () => {
  const same = { fingerprint: ['where:web-01', 'process:sh'] };

  it('is the same source, rule and fields in any order', () => {
    const one = fingerprintOf(alert(same));
    expect(fingerprintOf(alert({ fingerprint: ['process:sh', 'where:web-01'], title: 'New words' }))).toBe(one);
  });

  it.each<[string, Partial<ParsedAlert>]>([
    ['another rule', { rule: 'miner' }],
    ['another source', { source: 'generic' }],
    ['another field', { fingerprint: ['where:web-02', 'process:sh'] }],
    ['another subject', { subject: ['x'] }],
    ['another kind', { kind: 'vulnerability' }],
  ])('is not %s', (_, change) => {
    expect(fingerprintOf(alert({ ...same, ...change }))).not.toBe(fingerprintOf(alert(same)));
  });

  it('does not come of parts that only look alike when put together', () => {
    expect(fingerprintOf(alert({ fingerprint: ['a', 'b'] }))).not.toBe(fingerprintOf(alert({ fingerprint: ['a,b'] })));
    expect(fingerprintOf(alert({ rule: 'a', fingerprint: ['b'] }))).not.toBe(
      fingerprintOf(alert({ rule: 'b', fingerprint: ['a'] })),
    );
  });

  it('goes on being counted for longer than things are joined', () => {
    const [key] = joinKeys(alert(same), { joinWindowMs: hour, isShared: () => false });
    expect(key).toMatchObject({ label: 'rule and fields', window: repeatWindowMs });
    expect(repeatWindowMs).toBeGreaterThan(24 * hour);
  });
});

describe('a key', () => {
  it('fits an index of the database, and different things keep different keys', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3000 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const keys = [a, b].map((value) => joinKeys(alert({ kind: 'advisory', subject: [value] }), none)[0]);
        for (const key of keys) {
          expect(Buffer.byteLength(key?.key ?? '')).toBeLessThanOrEqual(2000);
          expect(key?.label.length).toBeLessThanOrEqual(200);
        }
        expect(keys[0]?.key === keys[1]?.key).toBe(a === b);
      }),
      { numRuns: 100 },
    );
  });

  const none = { joinWindowMs: hour, isShared: () => false };
});
