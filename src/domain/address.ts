import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An IP address as we compare it (IPv4-mapped IPv6 becomes IPv4); undefined when it is none. */
export function canonicalAddress(text: string): string | undefined {
  // Four decimal parts without leading zeros, as isIPv4 has them, are written so already; most addresses are.
  return isIPv4(text) ? text : parseAddress(text)?.toString();
}

/** A CIDR block in canonical form (`10.20.0.0/16`); a bare address is a block of one. Undefined when it is neither. */
export function canonicalBlock(text: string): string | undefined {
  const [address = '', bits, ...rest] = text.split('/');
  const parsed = parseAddress(address);
  if (!parsed || rest.length > 0) return undefined;
  const width = parsed.kind() === 'ipv4' ? 32 : 128;
  if (bits === undefined) return `${parsed.toString()}/${width}`;
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > width) return undefined;
  const family = parsed.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${family.networkAddressFromCIDR(`${parsed.toString()}/${Number(bits)}`).toString()}/${Number(bits)}`;
}

/** Whether an address lies in a CIDR block (or is the single address); false when either is malformed. */
export function inBlock(address: string, block: string): boolean {
  const wanted = canonicalBlock(block);
  const ip = parseAddress(address);
  if (wanted === undefined || !ip) return false;
  const [network, bits] = ipaddr.parseCIDR(wanted);
  return ip.kind() === network.kind() && ip.match(network, bits);
}

/** `unicast` for an address of the public internet, else what the registries reserve it for. */
export function addressRange(address: string): string | undefined {
  return parseAddress(address)?.range();
}

/** `ipaddr.js` also reads `10.1`, `0x7f.1` and octal; people mean four decimal parts. Zones are refused. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  // Node's own test first: it is many times faster at saying no, and what it says yes to is parsed once.
  if (isIPv4(text)) return ipaddr.IPv4.parse(text);
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}
