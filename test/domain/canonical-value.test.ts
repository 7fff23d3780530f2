import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalDomain, canonicalValue } from '../../src/domain/canonical-value.ts';
import { type EntityType, entityTypes } from '../../src/domain/entity.ts';

it.each<[EntityType, string, string]>([
  ['ip', ' 203.0.113.7 ', '203.0.113.7'],
  ['ip', '127.0.0.1', '127.0.0.1'],
  ['ip', '2001:DB8::0:7', '2001:db8::7'],
  ['ip', '::ffff:203.0.113.7', '203.0.113.7'],
  ['ip', '::ffff:cb00:7107', '203.0.113.7'],
  ['domain', 'Shop.Example.COM.', 'shop.example.com'],
  ['domain', '日本.example', 'xn--wgv71a.example'],
  ['domain', 'XN--WGV71A.example', 'xn--wgv71a.example'],
  ['domain', '_dmarc.example.org', '_dmarc.example.org'],
  ['domain', '2.0.192.in-addr.arpa', '2.0.192.in-addr.arpa'],
  ['url', 'https://Shop.Example.com/Login?q=1', 'https://shop.example.com/Login?q=1'],
  ['file_hash', 'D41D8CD98F00B204E9800998ECF8427E', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['process', '/usr/bin/Xmrig', '/usr/bin/Xmrig'],
  ['process', 'Powershell.EXE', 'powershell.exe'],
  ['host', 'WEB-01', 'web-01'],
  ['host', 'web-01.acme.internal.', 'web-01.acme.internal'],
  ['container', `3f4e5d6c7b8a${'9'.repeat(52)}`, '3f4e5d6c7b8a'],
  ['container', 'containerd://3F4E5D6C7B8A9F0E', '3f4e5d6c7b8a'],
  ['container', 'shop_web.1', 'shop_web.1'],
  ['cloud_resource', 'arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root'],
  ['user', 'ACME\\Hana', 'acme\\hana'],
  ['user', 'none', 'none'],
  ['email', 'Hana@Example.com', 'hana@example.com'],
])('the %s %s is written %s', (type, text, value) => {
  expect(canonicalValue(type, text)).toBe(value);
});

it.each<[EntityType, string]>([
  ['ip', '203.0.113[.]7'],
  ['ip', '203.0.113.7:443'],
  ['ip', '10.1'],
  ['ip', '010.0.0.1'],
  ['ip', '::ffff:0x7f.0.0.1'],
  ['ip', 'fe80::1%eth0'],
  ['domain', 'web-01'],
  ['domain', '203.0.113.7'],
  ['domain', '300.1.1.1'],
  ['domain', '0x7f.1'],
  ['url', 'https://user:secret@shop.example.com/'],
  ['url', 'javascript:alert(1)'],
  ['url', `https://example.org/${'a'.repeat(2000)}`],
  ['file_hash', 'abc'],
  ['host', 'localhost'],
  ['host', 'two words'],
  ['user', ' '],
  ['user', 'a\nb'],
  ['user', 'a'.repeat(513)],
  ['email', 'hana@localhost'],
])('no %s is %j', (type, text) => {
  expect(canonicalValue(type, text)).toBeUndefined();
});

it('a name of numbers alone is no domain, in whatever form', () => {
  expect(canonicalDomain('1.2.3.4.5')).toBeUndefined();
  expect(canonicalDomain('1.2.3.example')).toBe('1.2.3.example');
});

it('a value once written so stays so', () => {
  const text = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.domain(), fc.webUrl(), fc.emailAddress());
  fc.assert(
    fc.property(fc.constantFrom(...entityTypes), text, (type, written) => {
      const value = canonicalValue(type, written);
      if (value !== undefined) expect(canonicalValue(type, value)).toBe(value);
    }),
  );
});
