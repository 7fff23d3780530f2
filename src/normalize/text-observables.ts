import { refang } from 'fanger';
import { type IOC, partialExtractIOC } from 'ioc-extractor';
import type { AlertEntity, EntityType } from '../domain/entity.ts';
import { canonicalEntity } from './canonical-entity.ts';

/** Most characters of free text looked at in one record, and in one unbroken run (blobs hold no names). */
const mostText = 65_536;
const longestRun = 2048;

/** Suffixes of inside networks and reserved names, which the extractor's list of public suffixes lacks. */
const innerSuffixes = new Set(
  'internal local corp lan home intranet private localdomain arpa test example invalid svc'.split(' '),
);

/** Public suffixes that, in a name of two labels, are nearly always the ending of a file. */
const fileEndings = new Set('sh py pl rs so md zip cc ps mov app ai id name'.split(' '));

const roleInText = 'mentioned';

/**
 * Entities named in free text, defanged ones included. They are `from: 'text'`: anyone may have written it.
 * Names of processes, hosts, containers and users are not guessed from prose.
 */
export function textObservables(text: string): AlertEntity[] {
  const written = text.slice(0, mostText).replace(/\S{2049,}/g, (run) => run.slice(0, longestRun));
  const plain = refang(written);
  const urls = extract(plain, ['urls']).map(withoutTrailing);
  const hosts = new Set(urls.map(hostOf));
  const noUrls = without(plain, urls, hostOf);
  const emails = extract(noUrls, ['emails']);
  const rest = without(noUrls, emails, () => '');
  const meant = (name: string) => hosts.has(name.toLowerCase()) || !written.includes(name);
  return [
    ...entities(
      'ip',
      extract(rest, ['ipv4s', 'ipv6s']).filter((ip) => standsAlone(ip, rest)),
    ),
    ...entities('url', urls),
    ...entities(
      'domain',
      extract(rest, ['domains']).filter((name) => isDomain(name, meant(name))),
    ),
    ...entities(
      'email',
      emails.filter((email) => isDomain(email.replace(/^.*@/, ''), true)),
    ),
    ...entities('file_hash', extract(rest, ['md5s', 'sha1s', 'sha256s', 'sha512s'])),
  ];
}

function extract(text: string, keys: (keyof IOC)[], strict = false): string[] {
  const found = partialExtractIOC(text, keys, { strict, sort: false });
  return keys.flatMap((key) => found[key] ?? []);
}

function entities(type: EntityType, values: string[]): AlertEntity[] {
  const found = new Set(values.flatMap((value) => canonicalEntity(type, value) ?? []));
  return [...found].map((value) => ({ type, value, role: roleInText, from: 'text' }));
}

/** The sentence's own punctuation after a URL, and a closing bracket that was never opened in it. */
function withoutTrailing(url: string): string {
  let end = url;
  for (;;) {
    const last = end.at(-1) ?? '';
    const unopened = (last === ')' && !end.includes('(')) || (last === ']' && !end.includes('['));
    if (!unopened && !/[.,;:!?'"<>`*|}」』）。、]/.test(last)) return end;
    end = end.slice(0, -1);
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

/** The text with each of `parts` replaced, longest first, so that the path of a URL is not read for names. */
function without(text: string, parts: string[], by: (part: string) => string): string {
  return [...parts]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, part) => rest.replaceAll(part, ` ${by(part)} `), text);
}

/** `meant`: it was defanged, or is the host of a URL, so that it is a name and not a file. */
function isDomain(name: string, meant: boolean): boolean {
  const labels = name.toLowerCase().split('.');
  const suffix = labels.at(-1) ?? '';
  if (innerSuffixes.has(suffix)) return true;
  if (extract(name, ['domains'], true)[0]?.length !== name.length) return false;
  return meant || labels.length > 2 || !fileEndings.has(suffix);
}

/** Not a part of a longer dotted or coloned number, and not a version such as `Chrome/99.0.4844.51`. */
function standsAlone(ip: string, text: string): boolean {
  for (let at = text.indexOf(ip); at >= 0; at = text.indexOf(ip, at + 1)) {
    const before = text.slice(Math.max(0, at - 16), at);
    const after = text.slice(at + ip.length, at + ip.length + 2);
    const inNumber = ip.includes(':') ? /[\w.:]$/.test(before) : /[\w.]$/.test(before);
    const inVersion = /[a-z]\/$/i.test(before) && !/\b(?:tcp|udp)\/$/i.test(before);
    if (!inNumber && !inVersion && !/^(?:[0-9a-z_]|\.\d)/i.test(after)) return true;
  }
  return false;
}
