import { canonicalAddress } from '../domain/address.ts';
import type { Entity } from '../domain/entity.ts';
import type { targetWords } from '../messages/target.ts';

/** What was understood of a target, or why it was not, as `targetWords` says it. */
export type ReadTarget = { entity: Entity; refanged: boolean } | { refusal: keyof typeof targetWords.table };

/**
 * Reads an address or a domain, defanged or not (`203.0.113[.]7`, `bad[dot]example`, `hxxps://bad.example`). Nothing is
 * corrected silently: what was understood goes into the receipt.
 */
export function readTarget(text: string): ReadTarget {
  const plain = text.replace(/^[`"'<]+|[`"'>]+$/g, '');
  const refanged = refang(plain);
  if (/^(?:https?|ftp):\/\//i.test(refanged)) return { refusal: 'link' };
  const changed = refanged !== plain;
  const address = canonicalAddress(refanged.replace(/^\[(.*)\]$/, '$1'));
  if (address !== undefined) return { entity: { type: 'ip', value: address }, refanged: changed };
  if (/^[\d.:a-f]+\/\d+$/i.test(refanged)) return { refusal: 'network' };
  if (refanged.includes('/')) return { refusal: 'link' };
  if (refanged.includes('@')) return { refusal: 'mail' };
  const domain = refanged.toLowerCase().replace(/\.$/, '');
  if (isDomain(domain)) return { entity: { type: 'domain', value: domain }, refanged: changed };
  if (/[^\p{ASCII}]/u.test(domain)) return { refusal: 'letters' };
  return { refusal: 'neither' };
}

/** The usual ways to make an indicator harmless, taken back. */
function refang(text: string): string {
  return text
    .replace(/\[:\/\/\]|\[:\]\/\//g, '://')
    .replace(/[[({](?:\.|dot|punkt|点)[\])}]/gi, '.')
    .replace(/\[\.|\.\]|\\\.|[。｡]/g, '.')
    .replace(/\[:\]/g, ':')
    .replace(/[[({](?:at|@)[\])}]/gi, '@')
    .replace(/^h[x*]{2}p(s?):/i, 'http$1:')
    .replace(/^fxp:/i, 'ftp:');
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
