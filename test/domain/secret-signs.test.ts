import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hasSecretSign } from '../../src/domain/secret-signs.ts';
import { maskSecrets } from '../../src/domain/secrets.ts';

const secrets = [
  '-----BEGIN PRIVATE KEY-----',
  'ghp_abcdefghijklmnopqrst',
  'github_pat_abcdefghijklmnopqrst',
  'AKIAABCDEFGHIJKLMNOP',
  'ASIAABCDEFGHIJKLMNOP',
  'xoxb-abcdefghij',
  `AIza${'a'.repeat(35)}`,
  'sk_live_abcdefghijklmnop',
  `npm_${'a'.repeat(30)}`,
  'sk-ant-abcdefghijklmnopqrst',
  'eyJabcdefghij.abcdefghij.abcdefghij',
  'bearer abcdefghijklmnop',
  'Authorization: Basic abcdefgh',
  'ftp://a:b@c',
  String.raw`ftp:\/\/a:b@c`,
  String.raw`ftp:\\\/\\\/a:b@c`,
  ...[
    'PASSWORD',
    'passwd',
    'Pwd',
    'secret',
    'api_key',
    'api-key',
    'apikey',
    'access_token',
    'accesstoken',
    'auth-token',
    'authtoken',
  ].flatMap((name) => [`${name}=abcdef`, `${name} : "abcdef`, `--${name} abcdef`]),
];

it('a secret always has a sign, whatever stands around it', () => {
  const around = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('', ' ', '{"a":"', '\n'));
  fc.assert(
    fc.property(around, fc.constantFrom(...secrets), around, (before, secret, after) => {
      const text = `${before}${secret}${after}`;
      if (maskSecrets(text) !== text) expect(hasSecretSign(Buffer.from(text))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
  for (const secret of secrets) {
    expect(maskSecrets(secret)).not.toBe(secret);
    expect(hasSecretSign(Buffer.from(secret))).toBe(true);
  }
});

it('most records have none', () => {
  const record = '{"title":"Login failures","severity":"high","host":"web-01","src_ip":"203.0.113.7","id":"0f3c"}';
  expect(hasSecretSign(Buffer.from(record))).toBe(false);
});
