import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EntityType, entityTypes } from '../../src/domain/entity.ts';
import { canonicalEntity } from '../../src/normalize/canonical-entity.ts';

describe('canonicalEntity', () => {
  const same: [EntityType, string, string][] = [
    ['ip', ' 203.0.113.7 ', '203.0.113.7'],
    ['ip', '203.0.113.7:3333', '203.0.113.7'],
    ['ip', '::ffff:203.0.113.7', '203.0.113.7'],
    ['ip', '::ffff:cb00:7107', '203.0.113.7'],
    ['ip', '2001:0DB8:0:0::1', '2001:db8::1'],
    ['ip', '[2001:db8::1]:443', '2001:db8::1'],
    ['ip', 'fe80::1%eth0', 'fe80::1'],
    ['domain', 'Pool.Example.ORG.', 'pool.example.org'],
    ['domain', 'bücher.example', 'xn--bcher-kva.example'],
    ['domain', '_dmarc.example.org', '_dmarc.example.org'],
    ['url', 'http://example.org/a\t\u0001b', 'http://example.org/a%01b'],
    ['url', 'HTTP://User:secret@Example.ORG/A?b=C', 'http://example.org/A?b=C'],
    ['file_hash', 'D41D8CD98F00B204E9800998ECF8427E', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['process', '/usr/bin/Bash', '/usr/bin/Bash'],
    ['process', 'C:\\Windows\\System32\\CMD.exe', 'c:\\windows\\system32\\cmd.exe'],
    ['host', 'WEB-01.Corp.Internal.', 'web-01.corp.internal'],
    ['container', `containerd://3F1C2A9B7D10${'a'.repeat(52)}`, '3f1c2a9b7d10'],
    ['container', 'Shop', 'shop'],
    ['cloud_resource', 'arn:aws:s3:::Bucket', 'arn:aws:s3:::Bucket'],
    ['user', 'Hana', 'hana'],
    ['email', 'Ken@Acme.Example', 'ken@acme.example'],
  ];
  it.each(same)('writes the %s %s as %s', (type, raw, value) => {
    expect(canonicalEntity(type, raw)).toBe(value);
  });

  const none: [EntityType, unknown][] = [
    ['ip', '300.1.1.1'],
    ['ip', '1'],
    ['ip', '0x7f.1'],
    ['ip', '127.0.0.1'],
    ['ip', '0.0.0.0'],
    ['ip', '::1'],
    ['ip', '203.0.113[.]7'],
    ['domain', 'web-01'],
    ['domain', '203.0.113.7'],
    ['domain', 'not a domain.example'],
    ['domain', '300.1.1.1'],
    ['url', 'javascript:alert(1)'],
    ['url', `https://example.org/${'a'.repeat(2000)}`],
    ['file_hash', 'abc'],
    ['host', 'localhost'],
    ['host', 'a b'],
    ['user', '<NA>'],
    ['user', '-'],
    ['user', 'a\nb'],
    ['email', 'ken@'],
    ['email', 'ken at acme.example'],
    ['user', { name: 'x' }],
    ['user', null],
  ];
  it.each(none)('finds no %s in %j', (type, raw) => {
    expect(canonicalEntity(type, raw)).toBeUndefined();
  });

  it('is the same when applied to its own result', () => {
    const text = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.domain(), fc.webUrl(), fc.emailAddress());
    fc.assert(
      fc.property(fc.constantFrom(...entityTypes), text, (type, raw) => {
        const value = canonicalEntity(type, raw);
        if (value !== undefined) expect(canonicalEntity(type, value)).toBe(value);
      }),
    );
  });
});
