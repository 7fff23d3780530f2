import type { Locale } from '../domain/locale.ts';
import type { Policy } from '../domain/policy.ts';
import type { Digest } from '../domain/quiet-lists.ts';
import { atLeast } from '../domain/severity.ts';
import { digestWords } from '../messages/digest.ts';
import { inventoryWords } from '../messages/inventory.ts';
import { adoptLimit, bySeverity, counted, listedLine } from './listed.ts';
import { marker } from './marker.ts';
import { mentionedFor } from './report-comment.ts';
import { code, name } from './text.ts';

/** Lines of each part of a digest; the counts are of all. */
export const digestLimits = { held: 50, groups: 60, numbers: 8, opened: 20 };

/**
 * The issue of one day (`2026-03-01`, by the clock of its readers): what needs no issue of its own, and what was held back.
 * `key` is its publication's.
 */
export function renderDigest(
  day: string,
  key: string,
  digest: Digest,
  locale: Locale,
): { title: string; body: string } {
  const words = digestWords(locale.language);
  const parts = [
    headline(digest, locale),
    ...(digest.settled > 0 ? [words.settled(counted(digest.settled))] : []),
    next(digest, locale),
    heldPart(digest, locale),
    openedPart(digest, locale),
    lowPart(digest, locale),
    words.kept,
    marker('digest', key),
  ];
  return { title: words.title(day), body: parts.filter((part) => part !== '').join('\n\n') };
}

function headline({ heldCounts, lowTotal }: Digest, { language }: Locale): string {
  const words = digestWords(language);
  const listed = words.listed(counted(lowTotal));
  if (heldCounts.length === 0) return words.calm(listed);
  const loud = heldCounts.some(({ severity }) => atLeast(severity, 'high'));
  return `${loud ? '🔴' : '🟡'} ${words.held(bySeverity(heldCounts))}`;
}

function next({ held, groups }: Digest, { language }: Locale): string {
  const words = inventoryWords(language);
  const numbers = [...held.map(({ number }) => number), ...groups.flatMap((group) => group.numbers)].slice(0, 2);
  if (numbers.length === 0) return '';
  const steps = [
    words.adopt(numbers.join(' ')),
    ...(held.length > 0 ? [digestWords(language).adoptAll(adoptLimit)] : []),
  ];
  return [words.doNext, ...steps.map((step) => `- ${step}`)].join('\n');
}

function heldPart({ held, heldCounts }: Digest, locale: Locale): string {
  if (held.length === 0) return '';
  const total = heldCounts.reduce((n, { count }) => n + count, 0);
  const more = total - held.length;
  const lines = held.map((one) => listedLine(one, locale));
  if (more > 0) lines.push('', inventoryWords(locale.language).more(counted(more)));
  return [digestWords(locale.language).heldPart(counted(total)), '', ...lines].join('\n');
}

function openedPart({ opened, openedTotal }: Digest, { language }: Locale): string {
  if (openedTotal === 0) return '';
  const words = digestWords(language);
  const lines = opened.map(
    ({ number, issue }) => `- \`${number}\`: ${issue === undefined ? words.onItsWay : `#${issue}`}`,
  );
  const more = openedTotal - opened.length;
  if (more > 0) lines.push('', inventoryWords(language).more(counted(more)));
  return [words.openedPart(counted(openedTotal)), '', ...lines].join('\n');
}

/** By rule: what comes often is one line. */
function lowPart({ groups, groupsTotal, lowTotal }: Digest, { language }: Locale): string {
  if (groupsTotal === 0) return '';
  const words = digestWords(language);
  const counting = inventoryWords(language);
  const lines = groups.map(({ title, product, severity, incidents, alerts, numbers }) => {
    const listed = numbers.map((number) => `\`${number}\``).join(' ');
    const rest = incidents > numbers.length ? ` … (${counted(incidents)})` : '';
    const times = alerts > 1 ? `, ${words.times(counted(alerts))}` : '';
    return `- ${listed}${rest} ${severity}: ${code(title, 100)}, ${name(product)}${times}`;
  });
  const more = groupsTotal - groups.length;
  if (more > 0) lines.push('', counting.more(counted(more)));
  return [words.lowPart(counted(lowTotal)), '', ...lines].join('\n');
}

/**
 * The one comment a day that tells of critical ones held back, to whom the policy names for them; undefined when there is
 * none, or nobody to tell.
 */
export function heldComment(
  { held }: Digest,
  policy: Pick<Policy, 'mention' | 'mode' | 'language'>,
): string | undefined {
  const critical = held.filter(({ severity }) => severity === 'critical');
  const who = [...new Set(critical.flatMap((one) => mentionedFor(one, policy)))];
  if (who.length === 0) return undefined;
  const words = digestWords(policy.language);
  const numbers = critical.slice(0, digestLimits.numbers).map(({ number }) => number);
  const counts = bySeverity([{ severity: 'critical', count: critical.length }]);
  const first = words.mention(counts, numbers.map((number) => `\`${number}\``).join(' '));
  return [`${first} ${words.next(numbers.join(' '))}`, '', words.by(who.map((one) => `@${one}`).join(' '))].join('\n');
}
