import { titleIn } from '../domain/alert-title.ts';
import type { Language, Locale } from '../domain/locale.ts';
import type { ListedIncident } from '../domain/quiet-lists.ts';
import { atLeast, type Severity, severityId } from '../domain/severity.ts';
import { inventoryWords } from '../messages/inventory.ts';
import { listsWords } from '../messages/lists.ts';
import { code, name } from './text.ts';

/** Incidents one `/adopt` opens. */
export const adoptLimit = 50;

/** `1,200`, in either language. */
export function counted(count: number): string {
  return count.toLocaleString('en-US');
}

/** `3 critical, 12 high`, the worst first. */
export function bySeverity(counts: readonly { severity: Severity; count: number }[], language: Language): string {
  return [...counts]
    .filter(({ count }) => count > 0)
    .sort((a, b) => severityId(b.severity) - severityId(a.severity))
    .map(({ severity, count }) => inventoryWords(language).severe(severity, counted(count)))
    .join(listsWords(language).and);
}

/** Bold from high up. */
export function severe(severity: Severity): string {
  return atLeast(severity, 'high') ? `**${severity}**` : severity;
}

/** A list's line of an incident that has no issue: the number that `/adopt` takes, how bad, what, where, since when. */
export function listedLine(one: ListedIncident, since: string, { language }: Pick<Locale, 'language'>): string {
  const facts = [
    code(titleIn(one, language), 100),
    one.place === undefined ? '' : code(one.place, 80),
    one.product === '' ? '' : name(one.product),
    since,
  ];
  const shown = facts.filter((fact) => fact !== '').join(listsWords(language).and);
  return `- \`${one.number}\` ${severe(one.severity)}: ${shown}`;
}

/**
 * A heading and as many lines below it as have room (UTF-16 units), and how many more there are in all; nothing for no
 * lines.
 */
export function listPart(
  heading: (shown: number) => string,
  lines: readonly string[],
  { total, room, language }: { total: number; room: number; language: Language },
): string {
  let left = room;
  const end = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  const shown = end < 0 ? lines : lines.slice(0, end);
  if (shown.length === 0) return '';
  const more = total - shown.length;
  return [
    heading(shown.length),
    '',
    ...shown,
    ...(more > 0 ? ['', inventoryWords(language).more(counted(more))] : []),
  ].join('\n');
}
