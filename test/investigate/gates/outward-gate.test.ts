import { describe, expect, it } from 'vitest';
import type { AlertEntity, Entity, EntityType } from '../../../src/domain/entity.ts';
import type { ContextEntry } from '../../../src/domain/policy.ts';
import { mayLeave } from '../../../src/investigate/gates/outward-gate.ts';

const origin = { path: 'context/networks.md', line: 3 };
const entry = { kind: 'network' as const, name: 'x', shared: false, body: '', origin, entities: [], cidr: [] };
const context: ContextEntry[] = [
  { ...entry, cidr: ['9.9.0.0/16', '2620:fe::/48'] },
  { ...entry, kind: 'service', entities: [{ type: 'domain', value: 'acme.com' }] },
  { ...entry, kind: 'person', entities: [{ type: 'email', value: 'ken@acme.jp' }] },
];

function asked(value: Entity, from: AlertEntity['from'] = 'field') {
  return mayLeave(value, { entities: [{ ...value, role: 'x', from }], context }, 'en');
}

it.each<[EntityType, string]>([
  ['ip', '8.8.8.8'],
  ['ip', '2001:4860:4860::8888'],
  ['domain', 'pool.minexmr.com'],
  ['domain', 'xn--r8jz45g.jp'],
  ['domain', 'cdn.internationalization.org'],
  ['domain', 'notacme.com'],
  ['file_hash', 'ab'.repeat(32)],
])('a public %s of a typed field may be asked about outside: %s', (type, value) => {
  expect(asked({ type, value })).toEqual({ ok: true });
});

describe('stays inside:', () => {
  it.each<[string, EntityType, string, RegExp]>([
    ['a private address', 'ip', '10.0.0.1', /public internet/],
    ['loopback', 'ip', '127.0.0.1', /public internet/],
    ['loopback of IPv6', 'ip', '::1', /public internet/],
    ['a metadata address', 'ip', '169.254.169.254', /public internet/],
    ['a metadata address of IPv6', 'ip', 'fd00:ec2::254', /public internet/],
    ['another cloud’s metadata address', 'ip', '100.100.100.200', /public internet/],
    ['Azure’s wire server', 'ip', '168.63.129.16', /public internet/],
    ['an address of carrier-grade NAT', 'ip', '100.64.0.1', /public internet/],
    ['a private address inside IPv6', 'ip', '64:ff9b::a00:1', /public internet/],
    ['a multicast address', 'ip', '224.0.0.1', /public internet/],
    ['an address written in decimal', 'ip', '134744072', /not written/],
    ['an address with leading zeros', 'ip', '010.8.8.8', /not written/],
    ['an address of our network', 'ip', '9.9.9.9', /belongs to the organization \(context\/networks\.md\)/],
    ['an address of our IPv6 network', 'ip', '2620:fe::9', /belongs to the organization/],
    ['our domain', 'domain', 'acme.com', /belongs to the organization/],
    ['a name below our domain', 'domain', 'vpn.acme.com', /belongs to the organization/],
    ['the domain of our mail', 'domain', 'intra.acme.jp', /belongs to the organization/],
    ['a name of an inside network', 'domain', 'db.corp', /inside network/],
    ['a name of a cluster', 'domain', 'api.default.svc', /inside network/],
    ['a name in capitals', 'domain', 'EVIL.COM', /not written/],
    ['data in hex', 'domain', '4b6579206f6e65207477.evil.com', /may carry data/],
    ['data in base32', 'domain', 'jbswy3dpeblw64tmmqqq.evil.com', /may carry data/],
    ['data in letters', 'domain', 'qxkzjvbwtpmrlc.evil.com', /may carry data/],
    ['a long label', 'domain', `${'correcthorsebattery'.repeat(2)}.evil.com`, /may carry data/],
    ['many labels', 'domain', 'a.b.c.d.e.f.evil.com', /may carry data/],
    ['a link', 'url', 'https://evil.com/', /never looked up/],
    ['a user', 'user', 'ken', /not looked up/],
    ['a host', 'host', 'web-01', /not looked up/],
    ['a mail address', 'email', 'ken@evil.com', /not looked up/],
  ])('%s', (_, type, value, why) => {
    expect(asked({ type, value })).toEqual({ refused: expect.stringMatching(why) });
  });

  it('what only free text has', () => {
    expect(asked({ type: 'ip', value: '8.8.8.8' }, 'text')).toEqual({ refused: expect.stringMatching(/free text/) });
  });

  it('what the incident does not have, also under another type', () => {
    const ground = {
      entities: [{ type: 'host' as const, value: 'evil.com', role: 'x', from: 'field' as const }],
      context,
    };
    for (const value of ['evil.com', 'a.evil.com'])
      expect(mayLeave({ type: 'domain', value }, ground, 'en')).toEqual({
        refused: 'It is no entity of this incident.',
      });
  });
});
