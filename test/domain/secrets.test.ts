import { describe, expect, it } from 'vitest';
import { maskSecrets } from '../../src/domain/secrets.ts';

const removed = '[secret removed]';

describe('a secret in a text', () => {
  it.each([
    ['beside its name', 'password=Distelfink77 next', `password=${removed} next`],
    ['in JSON', '{"password":"Distelfink77","a":1}', `{"password":"${removed}","a":1}`],
    [
      'in JSON within JSON',
      String.raw`{"config":"{\"api-key\":\"Distelfink77\",\"a\":1}"}`,
      String.raw`{"config":"{\"api-key\":\"[secret removed]\",\"a\":1}"}`,
    ],
    [
      'in JSON twice within JSON',
      String.raw`\\\"password\\\":\\\"Distelfink77\\\"`,
      String.raw`\\\"password\\\":\\\"[secret removed]\\\"`,
    ],
    ['with backslashes of its own', String.raw`password=Distel\fink77 x`, `password=${removed} x`],
    ['behind part of a name', 'db_password=Distelfink77', `db_password=${removed}`],
    ['behind a flag', 'mysql --password Distelfink77 -h db', `mysql --password ${removed} -h db`],
    ['in a header', 'Authorization: Bearer abcdefghijklmnop1234', `Authorization: Bearer ${removed}`],
    ['in an address', 'https://ci:Distelfink77@git.example/x', `https://ci:${removed}@git.example/x`],
    [
      'in an address whose slashes JSON escapes',
      String.raw`{"url":"https:\/\/ci:Distelfink77@git.example\/x"}`,
      String.raw`{"url":"https:\/\/ci:[secret removed]@git.example\/x"}`,
    ],
  ])('is taken out %s, its name stays, and masking again changes nothing', (_, text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
    expect(maskSecrets(masked)).toBe(masked);
  });

  it.each([
    ['a working directory', 'sudo: mika : PWD=/home/mika ; COMMAND=/bin/ls'],
    ['a directory of Windows', String.raw`pwd=C:\Users\mika`],
    ['a kind of resource', '{"resource":"secrets","secretName":"tls-of-the-shop"}'],
    ['a link with a port', 'https://git.example:8443/a@b'],
  ])('is not %s', (_, text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  it.each([
    ['the beginnings of tokens', '-eyJaaaaaaaaaaa'],
    ['backslashes after a name', `password=${'\\'.repeat(200_000)}`],
    ['spaces after a name', `password${' '.repeat(200_000)}`],
    ['beginnings of keys', '-----BEGIN PRIVATE '],
    ['addresses without an end', 'a://a:'],
  ])('is looked for in a megabyte of %s', (_, text) => {
    const much = text.repeat(Math.ceil(1_000_000 / text.length));
    expect(maskSecrets(much).length).toBeGreaterThan(0);
  });

  it('that only begins like a key hides no more than a key could be', () => {
    const text = '{"agent":"-----BEGIN PRIVATE KEY-----","title":"root login"}';
    expect(maskSecrets(text)).toBe(`{"agent":"${removed}","title":"root login"}`);
  });

  it('that is a key is taken out whole, and also when its end is missing', () => {
    const lines = [
      '-----BEGIN RSA PRIVATE KEY-----',
      'Proc-Type: 4,ENCRYPTED',
      '',
      'MIIEow+/=',
      '-----END RSA PRIVATE KEY-----',
    ];
    expect(maskSecrets(`a ${lines.join('\n')} b`)).toBe(`a ${removed} b`);
    expect(maskSecrets(`a ${lines.slice(0, 4).join('\\n')}`)).toBe(`a ${removed}`);
  });
});
