import { createHash } from 'node:crypto';
import type { ParsedAlert } from '../domain/alert.ts';
import { cutText } from '../domain/cut.ts';
import { type AlertEntity, entityKey } from '../domain/entity.ts';

/** Something two alerts may share that makes them one story. */
export interface JoinKey {
  key: string;
  /** As the reason names it: `host web-01`. */
  label: string;
  /** How far apart in milliseconds two alerts may be to join over it. */
  window: number;
}

/** Entities that say nothing about who or where: shared by everybody, so never a reason to join. */
const unspecific = new Set([
  'user:root',
  'user:system',
  'user:administrator',
  'user:www-data',
  'user:nobody',
  'user:local service',
  'user:network service',
  'user:anonymous',
  'host:localhost',
  'domain:localhost',
  'ip:127.0.0.1',
  'ip:::1',
  'ip:0.0.0.0',
  'ip:255.255.255.255',
]);

/** Most specific first: the first shared one is the reason that is written down. */
const joining = ['file_hash', 'container', 'cloud_resource', 'host', 'email', 'user', 'url', 'domain', 'ip'] as const;

/** Subjects (an advisory, a secret) stay one story for as long as it is open. */
const forever = 100 * 365 * 24 * 3600 * 1000;

/** How long the same alert goes on being told in its incident: counted while it is open, reopening it when closed. */
export const repeatWindowMs = 30 * 24 * 3600 * 1000;

/** Longest key as it is, in UTF-16 units: more would not fit an index of PostgreSQL (2,704 bytes). */
const longestKey = 512;

/** Longest name of a key in a reason. */
const longestLabel = 200;

/** Hash of source, rule and what the source says makes two alerts repeats of each other. */
export function fingerprintOf(alert: ParsedAlert): string {
  const parts = [alert.kind, alert.source, alert.rule, ...[...alert.fingerprint].sort(), ...[...alert.subject].sort()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/**
 * The keys of an alert, most specific first. Threats join over typed entities that are not shared by many; other
 * kinds over their subject only, so that a vulnerable package never joins an intrusion.
 */
export function joinKeys(
  alert: ParsedAlert,
  options: { joinWindowMs: number; isShared: (entity: AlertEntity) => boolean },
): JoinKey[] {
  const subjects = alert.subject.map((subject) => ({
    key: bounded(`${family(alert.kind)}/${subject}`),
    label: cutText(named(subject, alert), longestLabel).replace(':', ' '),
    window: forever,
  }));
  const repeat = { key: `repeat/${fingerprintOf(alert)}`, label: 'rule and fields', window: repeatWindowMs };
  if (alert.kind !== 'threat') return [...subjects, repeat];
  const entities = alert.entities
    .filter((e) => e.from === 'field' && rank(e) >= 0 && !unspecific.has(entityKey(e)) && !options.isShared(e))
    .sort((a, b) => rank(a) - rank(b) || (a.value < b.value ? -1 : 1))
    .map((e) => ({ key: bounded(entityKey(e)), label: labelOf(e), window: options.joinWindowMs }));
  return [...subjects, repeat, ...new Map(entities.map((k) => [k.key, k])).values()];
}

/** A key of a room: what stands in different rooms never joins, or an open incident would tell of a restricted one. */
export function keyIn(room: string, key: string): string {
  return room === '' ? key : `${room}|${key}`;
}

/** An advisory of our own repositories is one story with the places that have its package. */
function family(kind: ParsedAlert['kind']): string {
  return kind === 'advisory' ? 'vulnerability' : kind;
}

/** The subject with the repository's name for its number. */
function named(subject: string, { scope }: ParsedAlert): string {
  const { repository, repositoryId } = scope ?? {};
  return repository === undefined ? subject : subject.replace(String(repositoryId), repository);
}

function labelOf(entity: AlertEntity): string {
  return `${entity.type.replace('_', ' ')} ${cutText(entity.value, longestLabel)}`;
}

function bounded(key: string): string {
  return key.length <= longestKey ? key : `long/${createHash('sha256').update(key).digest('hex')}`;
}

function rank(entity: AlertEntity): number {
  return joining.indexOf(entity.type as (typeof joining)[number]);
}
