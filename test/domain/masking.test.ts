import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/domain/canonical.ts';
import { createMasking } from '../../src/domain/masking.ts';
import type { Privacy } from '../../src/domain/policy.ts';
import type { IncomingRecord } from '../../src/domain/record.ts';
import { identityOf } from '../../src/ingest/identity.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';

const removed = '[secret removed]';

function maskingWith(privacy: Partial<Privacy> = {}, key = 'key-of-the-test') {
  const policy = { ...safeDefaults('acme/soc-config').privacy, ...privacy };
  return createMasking(key, () => policy);
}

function recordOf(content: string | Buffer, eventId?: string): IncomingRecord {
  const bytes = Buffer.from(content);
  const contentHash = sha256(bytes);
  const identity = identityOf({ source: 'camera', contentHash, idempotencyKey: undefined, index: 0, eventId });
  return { source: 'camera', content: bytes, contentHash, ...identity, origin: null };
}

function masked(content: string, privacy: Partial<Privacy> = {}): string {
  return maskingWith(privacy).record(recordOf(content)).content.toString();
}

describe('a record', () => {
  it('with nothing to mask is the same object, whatever its bytes are', () => {
    for (const content of ['{"a":1}', 'a line', Buffer.from([0xff, 0xfe, 0x00])]) {
      const record = recordOf(content);
      expect(maskingWith().record(record)).toBe(record);
    }
  });

  it.each([
    [
      'a field',
      '{"user":"mika", "password" : "Distel fink 77" ,"n":1.0}',
      `{"user":"mika", "password" : "${removed}" ,"n":1.0}`,
    ],
    ['a list in it', '{"api_key":["Distelfink77"]}', `{"api_key":["${removed}"]}`],
    ['a number', '{"password":12345678}', `{"password":"${removed}"}`],
    ['an escaped sign', '{"cmd":"login password\\u003dDistelfink77"}', `{"cmd":"login password=${removed}"}`],
    ['JSON in a text', '{"m":"{\\"pwd\\":\\"Distelfink77\\"}"}', `{"m":"{\\"pwd\\":\\"${removed}\\"}"}`],
    ['an address', '{"u":"https:\\/\\/ci:Distelfink77@git.example"}', `{"u":"https://ci:${removed}@git.example"}`],
    ['half a key', '{"k":"-----BEGIN PRIVATE KEY-----\\nMII\\"x","b":1}', `{"k":"${removed}\\"x","b":1}`],
  ])('of JSON keeps being JSON with a secret in %s', (_, content, expected) => {
    expect(masked(content)).toBe(expected);
    expect(() => JSON.parse(expected)).not.toThrow();
  });

  it('that is no JSON is masked as text, also when it looks like JSON', () => {
    expect(masked('May 1 sshd: password=Distelfink77 ok')).toBe(`May 1 sshd: password=${removed} ok`);
    expect(masked('{cut off "token": "ghp_abcdefghijklmnopqrstu')).toBe(`{cut off "token": "${removed}`);
  });

  it('has the hash of what is stored, and by its bytes the identity of what was sent', () => {
    const [one, other] = ['Distelfink77', 'Stieglitz88'].map((secret) => recordOf(`{"password":"${secret}"}`));
    if (!one || !other) throw new Error('two records');
    const [a, b] = [maskingWith().record(one), maskingWith().record(other)];
    expect(a.content).toEqual(b.content);
    expect(a.contentHash).toBe(sha256(a.content));
    expect(a.identity).toBe(maskingWith().record(one).identity);
    expect(a.identity).not.toBe(b.identity);
    expect(a.identity).not.toContain(one.contentHash);
    expect(maskingWith({}, 'another-key').record(one).identity).not.toBe(a.identity);
  });

  it('keeps the identity its product gave it', () => {
    const record = recordOf('{"id":"7","password":"Distelfink77"}', '7');
    expect(maskingWith().record(record).identity).toBe(record.identity);
  });

  it('masked once is not masked again', () => {
    const policy = {
      email: 'mask',
      phone: 'mask',
      name: 'mask',
      address: 'mask',
      staffNetworks: ['10.20.8.0/22'],
    } as const;
    const masking = maskingWith({ ...policy, staffNetworks: [...policy.staffNetworks] });
    const first = masking.record(
      recordOf(
        '{"full_name":"Hana Sato","mail":"Hana@acme.example","phone":"090 1234 5678","ip":"10.20.9.7","pwd":"x1234567"}',
      ),
    );
    expect(masking.record(first)).toBe(first);
  });
});

describe('personal data', () => {
  it('is kept unless the policy says otherwise', () => {
    const content = '{"full_name":"Hana Sato","mail":"hana@acme.example","ip":"10.20.9.7","phone":"+81 90 1234 5678"}';
    expect(masked(content)).toBe(content);
  });

  it('of one person is one pseudonym, however it is written', () => {
    const read = (content: string) => JSON.parse(masked(content, { email: 'mask', name: 'mask' }));
    const { a, b } = read('{"a":"Hana@acme.example","b":"mail to hana@acme.example."}');
    expect(a).toMatch(/^person-[0-9a-f]{10}@acme\.example$/);
    expect(b).toBe(`mail to ${a}.`);
    const { user, other } = read('{"user":{"full_name":"Hana Sato"},"other":{"full_name":" hana  sato"}}');
    expect(user.full_name).toMatch(/^person-[0-9a-f]{10}$/);
    expect(other.full_name).toBe(user.full_name);
  });

  it('is a name only where a field says so, by its name or by the policy', () => {
    const content = '{"requester":"Hana Sato","full_name":"Hana Sato","note":"Hana Sato","device":{"name":"web-01"}}';
    const read = JSON.parse(masked(content, { name: 'mask', nameFields: ['requester'] }));
    expect(read.requester).toBe(read.full_name);
    expect(read).toMatchObject({ note: 'Hana Sato', device: { name: 'web-01' } });
  });

  it.each([
    ['{"phone":"090 1234 5678"}', /^\{"phone":"phone-[0-9a-f]{10}"\}$/],
    ['{"phone":9012345678}', /^\{"phone":"phone-[0-9a-f]{10}"\}$/],
    ['call +81 90-1234-5678 now', /^call phone-[0-9a-f]{10} now$/],
    ['{"at":"2026-03-01T12:00:00+09:00","n":1234567890}', /^\{"at":"2026-03-01T12:00:00\+09:00","n":1234567890\}$/],
  ])('as a telephone number: %s', (content, expected) => {
    expect(masked(content, { phone: 'mask' })).toMatch(expected);
  });

  it('as an address of staff stays an address, and others stay as they are', () => {
    const privacy = { address: 'mask', staffNetworks: ['10.20.8.0/22', '2001:db8:8::/48'] } as const;
    const read = JSON.parse(
      masked('{"a":"10.20.9.7:443","b":"2001:DB8:8:0::1","c":"10.20.99.7","d":"from 10.20.9.7."}', {
        ...privacy,
        staffNetworks: [...privacy.staffNetworks],
      }),
    );
    const [, address] = /^(fd59:4147:5552:4100:[0-9a-f:]+):443$/.exec(read.a) ?? [];
    expect(read.d).toBe(`from ${address}.`);
    expect(read.b).toMatch(/^fd59:4147:5552:4100:/);
    expect(read.c).toBe('10.20.99.7');
  });
});

describe('a comment', () => {
  it.each([
    ['/redact Hana Sato', '/redact [text removed]'],
    ['/take\n/REDACT  hana\r\nthanks', '/take\n/REDACT [text removed]\r\nthanks'],
    ['／redact hana', '/redact [text removed]'],
    ['/redact', '/redact'],
    ['say /redact hana', 'say /redact hana'],
  ])('%j is kept as %j', (text, kept) => {
    expect(maskingWith().text(text)).toBe(kept);
    expect(maskingWith().value({ comment: { body: text } })).toEqual({ comment: { body: kept } });
  });
});
