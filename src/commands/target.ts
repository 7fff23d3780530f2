import { canonicalAddress } from '../domain/address.ts';
import type { Entity } from '../domain/entity.ts';

/** What was understood of a target, or why it was not. */
export type ReadTarget = { entity: Entity; refanged: boolean } | { refusal: string };

/**
 * Reads an address or a domain, defanged or not (`203.0.113[.]7`, `hxxps://bad.example`). Nothing is corrected
 * silently: what was understood goes into the receipt.
 */
export function readTarget(text: string): ReadTarget {
  const plain = text.replace(/^`+|`+$/g, '');
  const refanged = plain
    .replace(/\[(?:\.|dot)\]|\((?:\.|dot)\)|\{(?:\.|dot)\}/gi, '.')
    .replace(/\[:\]/g, ':')
    .replace(/^hxxp/i, 'http');
  if (/^https?:\/\//i.test(refanged)) return { refusal: 'a link is not a target; name its domain or address' };
  const changed = refanged !== plain;
  const address = canonicalAddress(refanged);
  if (address !== undefined) return { entity: { type: 'ip', value: address }, refanged: changed };
  if (refanged.includes('/')) return { refusal: 'networks are not blocked by command; name one address' };
  const domain = refanged.toLowerCase().replace(/\.$/, '');
  if (isDomain(domain)) return { entity: { type: 'domain', value: domain }, refanged: changed };
  return { refusal: 'that is neither an IP address nor a domain' };
}

/** Host name rules of RFC 1123 with at least two labels, the last not all digits; Unicode names must come as punycode. */
function isDomain(text: string): boolean {
  if (text.length > 253) return false;
  const labels = text.split('.');
  return (
    labels.length >= 2 &&
    labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  );
}
