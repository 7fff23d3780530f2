import { canonicalJson, sha256 } from '../domain/canonical.ts';
import { type Scanner, scanners } from '../ports/alert-lists.ts';
import type { AlertEvent } from './alert-events.ts';

/** How an alert of a scanner stands. */
export interface Standing {
  ended: boolean;
  /**
   * What else counts: of a leaked secret whether it works, of an alert of Dependabot a hash of what it shows, of one of code
   * scanning how it ended.
   */
  mark: string;
  /** The latest of its times. */
  at: Date;
  /** When it was ended because its repository was watched no more, unless it was heard of since. */
  leftAt?: Date | null;
}

/** The webhook that tells of a scanner's alerts. */
export const eventOfScanner = {
  dependabot: 'dependabot_alert',
  'code-scanning': 'code_scanning_alert',
  'secret-scanning': 'secret_scanning_alert',
} as const satisfies Record<Scanner, AlertEvent>;

const times = ['created_at', 'updated_at', 'fixed_at', 'dismissed_at', 'auto_dismissed_at', 'resolved_at'];

/** The scanner that an event's alerts are of; undefined for what no scanner found. */
export function scannerOfEvent(event: string): Scanner | undefined {
  return scanners.find((scanner) => eventOfScanner[scanner] === event);
}

/** States in which a scanner is done with an alert. */
const endings = new Set(['fixed', 'dismissed', 'auto_dismissed', 'resolved']);

/** Reads how an alert stands from what its webhook or its list says; undefined when it says no time. */
export function standingOf(alert: Readonly<Record<string, unknown>>): Standing | undefined {
  const found = times.map((name) => Date.parse(String(alert[name] ?? ''))).filter((time) => !Number.isNaN(time));
  if (found.length === 0) return undefined;
  const ended = typeof alert.resolution === 'string' || endings.has(String(alert.state));
  return {
    ended,
    mark: advisoryMark(alert) ?? (ended && alert.tool !== undefined ? String(alert.state) : secretMark(alert)),
    at: new Date(Math.max(...found)),
  };
}

function secretMark({ validity, publicly_leaked: leaked }: Readonly<Record<string, unknown>>): string {
  const works = [validity, leaked === true ? 'public' : undefined];
  return works.filter((one) => typeof one === 'string' && one !== 'unknown').join(' ');
}

/** What an issue shows of the advisory. EPSS moves a little every day: whole percents of it count. */
function advisoryMark({ security_advisory: told, security_vulnerability: of }: Readonly<Record<string, unknown>>) {
  if (typeof told !== 'object' || told === null) return undefined;
  const { summary, cve_id: cve, severity, epss } = told as Record<string, unknown>;
  const { severity: own, vulnerable_version_range: range, first_patched_version: fixed } = Object(of);
  const { percentage } = Object(Array.isArray(epss) ? epss[0] : epss) as { percentage?: unknown };
  const likely = typeof percentage === 'number' ? Math.floor(percentage * 100) : null;
  return sha256(
    canonicalJson([summary ?? null, cve ?? null, own ?? severity ?? null, range ?? null, fixed ?? null, likely]),
  );
}

/**
 * The steps that lead to how an alert stands now, as webhooks name them, those left out that are known. Of an alert that
 * ended before `since` and was never heard of there is nothing to tell. A list does not say what happened in between:
 * one that was mended and came back unseen is as it was.
 */
export function stepsTo(
  scanner: Scanner,
  alert: Readonly<Record<string, unknown>>,
  known: Standing | undefined,
  since: Date,
): string[] {
  const now = standingOf(alert);
  if (!now) return [];
  if (!known) {
    if (!now.ended) return ['created'];
    return Date.parse(String(alert.created_at)) >= since.getTime() ? ['created', endOf(scanner, alert)] : [];
  }
  // Whenever it changed last: how it stands counts from now on.
  if (known.leftAt) return [now.ended ? endOf(scanner, alert) : 'watched_again'];
  // Webhooks of code scanning do not say when a step happened: how its list has the alert counts, whatever the times.
  if (scanner === 'code-scanning' ? alike(now, known) : now.at < known.at || same(now, known)) return [];
  if (now.ended) return [endOf(scanner, alert)];
  if (known.ended) return [scanner === 'code-scanning' ? 'reopened_by_user' : 'reopened'];
  if (now.mark === known.mark) return [];
  if (scanner === 'dependabot') return ['updated'];
  return [now.mark.endsWith('public') && !known.mark.endsWith('public') ? 'publicly_leaked' : 'validated'];
}

function same(a: Standing, b: Standing): boolean {
  return a.at.getTime() === b.at.getTime() && alike(a, b);
}

function alike(a: Standing, b: Standing): boolean {
  return a.ended === b.ended && a.mark === b.mark;
}

/** The webhook's action for how an alert ended. */
function endOf(scanner: Scanner, { state }: Readonly<Record<string, unknown>>): string {
  if (scanner === 'secret-scanning') return 'resolved';
  if (scanner === 'code-scanning' && state === 'dismissed') return 'closed_by_user';
  return String(state);
}
