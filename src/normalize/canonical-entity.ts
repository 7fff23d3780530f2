import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';
import type { EntityType } from '../domain/entity.ts';

/** Longest value kept of a URL, and of anything else. */
const longestUrl = 1024;
const longestValue = 512;

/** What products write when they have nothing to say. */
const placeholders = new Set(['', '-', '<na>', 'n/a', 'na', 'null', 'none', 'nil', 'unknown', 'undefined', '(null)']);

const hostname = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/**
 * The canonical value of an entity, or undefined when `raw` is none: a placeholder, malformed, or an address that
 * means "here" or "anywhere" on every machine (loopback, unspecified) and so would join what is unrelated.
 * Never refangs: that is the business of whoever reads free text.
 */
export function canonicalEntity(type: EntityType, raw: unknown): string | undefined {
  if (typeof raw !== 'string' && typeof raw !== 'number') return undefined;
  const text = String(raw).trim();
  if (placeholders.has(text.toLowerCase()) || text.length > longestUrl) return undefined;
  if (type === 'url') return canonicalUrl(text);
  if (text.length > longestValue || hasControl(text)) return undefined;
  return canonical[type](text);
}

const canonical: Record<Exclude<EntityType, 'url'>, (text: string) => string | undefined> = {
  ip: canonicalIp,
  domain: canonicalDomain,
  file_hash: (text) =>
    /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i.test(text) ? text.toLowerCase() : undefined,
  // Paths on Unix are case-sensitive, names and paths on Windows are not.
  process: (text) => (text.startsWith('/') ? text : text.toLowerCase()),
  host: canonicalHost,
  container: canonicalContainer,
  cloud_resource: (text) => text,
  user: (text) => text.toLowerCase(),
  email: canonicalEmail,
};

/** Runtimes print 64 digits, some with their name before them; products show the first 12. */
function canonicalContainer(text: string): string {
  const id = text.replace(/^[a-z-]+:\/\//i, '').toLowerCase();
  return /^[0-9a-f]{12,64}$/.test(id) ? id.slice(0, 12) : id;
}

function hasControl(text: string): boolean {
  // biome would flag a control-character class in a regular expression; code units read as plainly.
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 32) return true;
  return false;
}

/** An address as ipaddr.js prints it, IPv4-mapped IPv6 as IPv4, without port, brackets or zone. */
function canonicalIp(text: string): string | undefined {
  const bare = text
    .replace(/^\[([^\]]+)\](?::\d{1,5})?$/, '$1')
    .replace(/^([\d.]+):\d{1,5}$/, '$1')
    .replace(/%.*$/, '');
  // ipaddr.js also reads "1" and "0x7f.1" as addresses; products do not write them.
  const isV4 = ipaddr.IPv4.isValidFourPartDecimal(bare);
  if (!isV4 && !(bare.includes(':') && ipaddr.IPv6.isValid(bare))) return undefined;
  const address = ipaddr.process(bare);
  const range = address.range();
  return range === 'loopback' || range === 'unspecified' ? undefined : address.toString();
}

function canonicalHost(text: string): string | undefined {
  const ascii = domainToASCII(text.replace(/\.$/, '')) || text;
  const lower = ascii.toLowerCase();
  return hostname.test(lower) && lower !== 'localhost' ? lower : undefined;
}

function canonicalDomain(text: string): string | undefined {
  const host = canonicalHost(text);
  return host?.includes('.') && !ipaddr.isValid(host) ? host : undefined;
}

/** Credentials inside a URL are secrets and are dropped. */
function canonicalUrl(text: string): string | undefined {
  if (!/^(?:https?|ftp):\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return url.href.length <= longestUrl ? url.href : undefined;
}

function canonicalEmail(text: string): string | undefined {
  const [, local, domain] = /^([^\s@<>]{1,64})@([^\s@<>]+)$/.exec(text) ?? [];
  const host = domain === undefined ? undefined : canonicalDomain(domain);
  return host === undefined ? undefined : `${local}@${host}`.toLowerCase();
}
