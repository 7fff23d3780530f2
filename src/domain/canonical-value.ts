import { domainToASCII } from 'node:url';
import { canonicalAddress } from './address.ts';
import type { EntityType } from './entity.ts';

/** Longest value kept of a URL, and of anything else, in UTF-16 code units. */
export const longestUrl = 1024;
const longestValue = 512;

const hostname = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/**
 * The one way an entity's value is written, by which two of them are compared; undefined when `text` is none of that
 * type. `text` is taken as a person writes it plainly: an address without port, a URL without credentials, nothing
 * defanged. What products put around their values is for `normalize` to take off.
 */
export function canonicalValue(type: EntityType, text: string): string | undefined {
  const value = text.trim();
  const longest = type === 'url' ? longestUrl : longestValue;
  return value === '' || value.length > longest || hasControl(value) ? undefined : canonical[type](value);
}

/** A domain in lower-case ASCII form without the final dot; undefined when it has no dot or is a row of numbers. */
export function canonicalDomain(text: string): string | undefined {
  const host = canonicalHost(text);
  return host?.includes('.') && !/^[\d.]+$/.test(host) ? host : undefined;
}

const canonical: Record<EntityType, (text: string) => string | undefined> = {
  ip: canonicalAddress,
  domain: canonicalDomain,
  url: canonicalUrl,
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

function canonicalHost(text: string): string | undefined {
  const ascii = domainToASCII(text.replace(/\.$/, '')) || text;
  const lower = ascii.toLowerCase();
  return hostname.test(lower) && lower !== 'localhost' ? lower : undefined;
}

/** With credentials it is none: they are secrets. */
function canonicalUrl(text: string): string | undefined {
  const url = /^(?:https?|ftp):\/\//i.test(text) ? URL.parse(text) : null;
  return url && url.username === '' && url.password === '' && url.href.length <= longestUrl ? url.href : undefined;
}

function canonicalEmail(text: string): string | undefined {
  const [, local, domain] = /^([^\s@<>]{1,64})@([^\s@<>]+)$/.exec(text) ?? [];
  const host = domain === undefined ? undefined : canonicalDomain(domain);
  return host === undefined ? undefined : `${local}@${host}`.toLowerCase();
}
