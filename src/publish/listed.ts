import type { Locale } from '../domain/locale.ts';
import type { ListedIncident } from '../domain/quiet-lists.ts';
import type { Severity } from '../domain/severity.ts';
import { severities } from '../domain/severity.ts';
import { queueWords } from '../messages/queue.ts';
import { code, name } from './text.ts';
import { both } from './times.ts';

/** Incidents one `/adopt` opens. */
export const adoptLimit = 50;

/** `1,200`, in either language. */
export function counted(count: number): string {
  return count.toLocaleString('en-US');
}

/** `3 critical, 12 high`, the worst first. */
export function bySeverity(counts: readonly { severity: Severity; count: number }[]): string {
  return [...counts]
    .filter(({ count }) => count > 0)
    .sort((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity))
    .map(({ severity, count }) => `${counted(count)} ${severity}`)
    .join(', ');
}

/** A list's line of an incident that has no issue: the number that `/adopt` takes, how bad, what, where, since when. */
export function listedLine(one: ListedIncident, { language, timeZone }: Locale): string {
  const words = queueWords(language);
  const place = one.place === undefined ? '' : ` ${code(one.place, 80)}`;
  const product = one.product === '' ? '' : `, ${name(one.product)}`;
  return `- \`${one.number}\` ${one.severity}: ${code(one.title, 100)}${place}${product}; ${words.since(both(one.since, timeZone))}`;
}
