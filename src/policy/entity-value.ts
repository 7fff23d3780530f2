import { domainToASCII } from 'node:url';
import { canonicalAddress } from '../domain/address.ts';
import type { EntityType } from '../domain/entity.ts';

const hostname = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/** What a person should have written, for each entity type. */
export const entityForms: Record<EntityType, string> = {
  ip: 'an address such as 203.0.113.7',
  domain: 'a domain such as shop.example.com',
  url: 'a URL such as https://shop.example.com/login',
  file_hash: 'an MD5, SHA-1, SHA-256 or SHA-512 in hex',
  process: 'a process name or path',
  host: 'a host name such as web-01',
  container: 'a container name or id',
  cloud_resource: "a cloud resource's id or ARN",
  user: 'a user name',
  email: 'an address such as hana@example.com',
};

/**
 * The canonical value of an entity somebody wrote down, equal to what normalize makes of the same value in an alert;
 * undefined when it is not of that type. Defanged text is refused: policy is written plainly.
 */
export function canonicalValue(type: EntityType, text: string): string | undefined {
  const value = text.trim();
  if (value === '' || value.length > 512 || /\p{Cc}/u.test(value)) return undefined;
  return canonical[type](value);
}

/** A domain in lower-case ASCII form without the final dot; undefined when it has no dot or is an address. */
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

function canonicalHost(text: string): string | undefined {
  const ascii = domainToASCII(text.replace(/\.$/, '')) || text;
  const lower = ascii.toLowerCase();
  return hostname.test(lower) && lower !== 'localhost' ? lower : undefined;
}

function canonicalUrl(text: string): string | undefined {
  if (!/^(?:https?|ftp):\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.username === '' && url.password === '' ? url.href : undefined;
}

function canonicalEmail(text: string): string | undefined {
  const [, local, domain] = /^([^\s@<>]{1,64})@([^\s@<>]+)$/.exec(text) ?? [];
  const host = domain === undefined ? undefined : canonicalDomain(domain);
  return host === undefined ? undefined : `${local}@${host}`.toLowerCase();
}
