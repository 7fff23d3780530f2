import { describe, test } from 'vitest';
import { expectRefused, expectTold, selecting } from '../one-rule.ts';

const from = (...values: unknown[]) => values.map((Ip) => ({ Ip }));

describe('Modifiers, IP (Internet Protocol) Modifiers: cidr', () => {
  test('the network of the specification', () => {
    expectTold(selecting('Ip|cidr: 10.0.0.0/8'), {
      matches: from('10.0.0.0', '10.1.2.3', '10.255.255.255'),
      not: from('9.255.255.255', '11.0.0.0', '110.0.0.1', '10.0.0', '10.0.0.256', '10.1.2.3.4', 'host', '', 10, null),
    });
  });

  test.each([
    ['192.0.2.128/25', '192.0.2.128', '192.0.2.127'],
    ['192.0.2.4/30', '192.0.2.7', '192.0.2.8'],
    ['192.0.2.6/31', '192.0.2.7', '192.0.2.5'],
    ['192.0.2.7/32', '192.0.2.7', '192.0.2.8'],
    ['172.16.0.0/12', '172.31.255.255', '172.32.0.0'],
    ['0.0.0.0/0', '203.0.113.9', '2001:db8::1'],
  ])('a prefix that ends inside a byte: %s', (network, inside, outside) => {
    expectTold(selecting(`Ip|cidr: ${network}`), { matches: from(inside), not: from(outside) });
  });

  test('IPv6, in any spelling', () => {
    expectTold(selecting("Ip|cidr: '2001:db8::/32'"), {
      matches: from('2001:db8::1', '2001:0DB8:0000:0000:0000:0000:0000:0001', '2001:db8:ffff::'),
      not: from('2001:db9::', '2001:db7:ffff::', '::1', '32.1.13.184'),
    });
    expectTold(selecting("Ip|cidr: '::1/128'"), { matches: from('::1', '0:0:0:0:0:0:0:1'), not: from('::2', '::') });
    expectTold(selecting("Ip|cidr: 'fe80::/10'"), { matches: from('fe80::1', 'febf::'), not: from('fec0::') });
  });

  test('the networks of a list are linked with or, versions mixed', () => {
    expectTold(selecting("Ip|cidr: [10.0.0.0/8, 'fd00::/8']"), {
      matches: from('10.9.8.7', 'fd12::1'),
      not: from('192.0.2.1', 'fe80::1'),
    });
  });

  test('any element of an array will do', () => {
    expectTold(selecting('Ip|cidr: 10.0.0.0/8'), {
      matches: from(['192.0.2.1', '10.0.0.1']),
      not: from(['192.0.2.1']),
    });
  });

  test('with neq: outside of the network', () => {
    expectTold(selecting('Ip|cidr|neq: 10.0.0.0/8'), { matches: from('192.0.2.1'), not: from('10.0.0.1') });
  });

  test.each([
    'internal',
    '10.0.0.0/33',
    '10.0.0/8',
    "'2001:db8::/129'",
    '10.0.0.0/',
    '10.0.0.0/x',
    "'/8'",
    '300.0.0.0/8',
    '10',
    'null',
  ])('what is no network is refused: %s', (network) => expectRefused(selecting(`Ip|cidr: ${network}`), /cidr/));
});
