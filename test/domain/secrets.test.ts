import { describe, expect, it } from 'vitest';
import { maskSecrets } from '../../src/domain/secrets.ts';

const removed = '[secret removed]';

describe('a secret in a text', () => {
  it.each([
    ['beside its name', 'password=Distelfink77 next', `${removed} next`],
    ['in JSON', '{"password":"Distelfink77","a":1}', `{"${removed}","a":1}`],
    [
      'in JSON within JSON',
      String.raw`{"config":"{\"api-key\":\"Distelfink77\",\"a\":1}"}`,
      String.raw`{"config":"{\"[secret removed]\",\"a\":1}"}`,
    ],
    [
      'in JSON twice within JSON',
      String.raw`\\\"password\\\":\\\"Distelfink77\\\"`,
      String.raw`\\\"[secret removed]\\\"`,
    ],
    ['with backslashes of its own', String.raw`password=Distel\fink77 x`, `${removed} x`],
  ])('is taken out %s', (_, text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
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
