import { describe, expect, it } from 'vitest';
import { entityTypes } from '../../src/domain/entity.ts';
import { canonicalEntity } from '../../src/normalize/canonical-entity.ts';
import { canonicalValue } from '../../src/policy/entity-value.ts';

const written = [
  '203.0.113.7',
  '2001:DB8::0:7',
  '::ffff:203.0.113.7',
  '10.1',
  'WEB-01',
  'web-01.acme.internal.',
  'Shop.Example.COM',
  'xn--wgv71a.example',
  '日本.example',
  'https://Shop.Example.com/Login?q=1',
  'https://user:secret@shop.example.com/',
  'D41D8CD98F00B204E9800998ECF8427E',
  '/usr/bin/Xmrig',
  'Powershell.EXE',
  '3f4e5d6c7b8a9f0e1d2c3b4a59687f6e5d4c3b2a19080f0e0d0c0b0a09080706',
  'containerd://3F4E5D6C7B8A9F0E',
  'shop_web.1',
  'arn:aws:iam::111122223333:root',
  'ACME\\Hana',
  'Hana@Example.com',
  'localhost',
  '203.0.113[.]7',
  'two words',
];

describe('an entity written in the config repository', () => {
  it.each(entityTypes)('has, as %s, the value normalize gives the same text in an alert', (type) => {
    const both = written.flatMap((text) => {
      const ours = canonicalValue(type, text);
      return ours === undefined ? [] : [[text, ours, canonicalEntity(type, text)] as const];
    });
    expect(both.length).toBeGreaterThan(0);
    for (const [text, ours, theirs] of both) expect([text, ours]).toEqual([text, theirs]);
  });

  it('is refused when it is defanged, malformed or carries a password', () => {
    expect(canonicalValue('ip', '203.0.113[.]7')).toBeUndefined();
    expect(canonicalValue('ip', '10.1')).toBeUndefined();
    expect(canonicalValue('domain', 'web-01')).toBeUndefined();
    expect(canonicalValue('url', 'https://user:secret@shop.example.com/')).toBeUndefined();
    expect(canonicalValue('user', ' ')).toBeUndefined();
  });
});
