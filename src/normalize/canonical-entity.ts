import { canonicalValue, longestUrl } from '../domain/canonical-value.ts';
import type { EntityType } from '../domain/entity.ts';

/** What products write when they have nothing to say. */
const placeholders = new Set(['', '-', '<na>', 'n/a', 'na', 'null', 'none', 'nil', 'unknown', 'undefined', '(null)']);

/** Loopback and unspecified addresses (127.0.0.0/8, ::1, 0.0.0.0/8, ::), in canonical form. */
const hereOrAnywhere = /^(?:127\.|0\.|::1?$)/;

/**
 * The canonical value of an entity in an alert, or undefined when `raw` is none: a placeholder, malformed, or an
 * address that means "here" or "anywhere" on every machine and so would join what is unrelated.
 * Never refangs: that is the business of whoever reads free text.
 */
export function canonicalEntity(type: EntityType, raw: unknown): string | undefined {
  if (typeof raw !== 'string' && typeof raw !== 'number') return undefined;
  const text = String(raw).trim();
  if (placeholders.has(text.toLowerCase()) || text.length > longestUrl) return undefined;
  if (type === 'url') return canonicalValue('url', withoutCredentials(text));
  if (type !== 'ip') return canonicalValue(type, text);
  const address = canonicalValue('ip', withoutPort(text));
  return address === undefined || hereOrAnywhere.test(address) ? undefined : address;
}

/** An address alone, of `203.0.113.7:443`, `[2001:db8::7]:443` and `fe80::7%eth0`. */
function withoutPort(text: string): string {
  return text
    .replace(/^\[([^\]]+)\](?::\d{1,5})?$/, '$1')
    .replace(/^([\d.]+):\d{1,5}$/, '$1')
    .replace(/%.*$/, '');
}

/** Credentials inside a URL are secrets and are dropped; control characters are encoded or dropped, as browsers do. */
function withoutCredentials(text: string): string {
  const url = /[@\p{Cc}]/u.test(text) && /^(?:https?|ftp):\/\//i.test(text) ? URL.parse(text) : null;
  if (!url) return text;
  url.username = '';
  url.password = '';
  return url.href;
}
