import { titleIn } from '../domain/alert-title.ts';
import type { Locale } from '../domain/locale.ts';
import type { Policy } from '../domain/policy.ts';
import type { Digest, ListedIncident } from '../domain/quiet-lists.ts';
import { atLeast } from '../domain/severity.ts';
import { digestWords } from '../messages/digest.ts';
import { inventoryWords } from '../messages/inventory.ts';
import { listsWords } from '../messages/lists.ts';
import { queueWords } from '../messages/queue.ts';
import { adoptLimit, bySeverity, counted, listedLine, listPart, severe } from './listed.ts';
import { marker } from './marker.ts';
import { mentionedFor } from './report-comment.ts';
import { code, name } from './text.ts';
import { both } from './times.ts';

/** Lines of each part of a digest; the counts are of all. */
export const digestLimits = { held: 50, groups: 60, numbers: 8, opened: 20, observed: 30 };

/** UTF-16 units of each of its three lists, so that they fit into an issue whatever the names are. */
const listRoom = 18_000;

/**
 * The issue of one day (`2026-03-01`, by the clock of its readers): what needs no issue of its own, and what was held back.
 * `key` is its publication's; `wouldHave` is the part that stands in `mode: observe` instead of what has an issue.
 */
export function renderDigest(
  day: string,
  key: string,
  digest: Digest,
  locale: Locale,
  wouldHave = '',
): { title: string; body: string } {
  const words = digestWords(locale.language);
  const parts = [
    headline(digest, locale),
    ...(digest.settled > 0 ? [words.settled(counted(digest.settled))] : []),
    next(digest, locale),
    heldPart(digest, locale),
    wouldHave === '' ? openedPart(digest, locale) : wouldHave,
    lowPart(digest, locale),
    words.kept,
    marker('digest', key),
  ];
  return { title: words.title(day), body: parts.filter((part) => part !== '').join('\n\n') };
}

function headline({ heldCounts }: Digest, { language }: Locale): string {
  const words = digestWords(language);
  if (heldCounts.length === 0) return words.calm;
  const loud = heldCounts.some(({ severity }) => atLeast(severity, 'high'));
  return `${loud ? '🔴' : '🟡'} ${words.held(bySeverity(heldCounts, language))}`;
}

function next({ held, groups }: Digest, { language }: Locale): string {
  const words = inventoryWords(language);
  const numbers = [...held.map(({ number }) => number), ...groups.flatMap((group) => group.numbers)].slice(0, 2);
  if (numbers.length === 0) return '';
  const all = held.length > 0 ? [digestWords(language).adoptAll(adoptLimit)] : [];
  return [words.doNext, ...[words.adopt(numbers.join(' ')), ...all].map((step) => `- ${step}`)].join('\n');
}

function heldPart({ held, heldCounts }: Digest, locale: Locale): string {
  const { language, timeZone } = locale;
  const total = heldCounts.reduce((n, { count }) => n + count, 0);
  const lines = held.map((one) => listedLine(one, queueWords(language).since(both(one.since, timeZone)), locale));
  const heading = () => digestWords(language).heldPart(counted(total));
  return listPart(heading, lines, { total, room: listRoom, language });
}

function openedPart({ opened, openedTotal: total }: Digest, { language }: Locale): string {
  const words = digestWords(language);
  const lines = opened.map(
    ({ number, issue }) => `- \`${number}\`: ${issue === undefined ? words.onItsWay : `#${issue}`}`,
  );
  return listPart(() => words.openedPart(counted(total)), lines, { total, room: listRoom, language });
}

/** By rule: what comes often is one line. */
function lowPart({ groups, groupsTotal: total, lowTotal }: Digest, { language }: Locale): string {
  const words = digestWords(language);
  const { and, more } = listsWords(language);
  const lines = groups.map((group) => {
    const { product, severity, incidents, alerts, numbers } = group;
    const listed = numbers.map((number) => `\`${number}\``).join(' ');
    const rest = incidents > numbers.length ? `${and}${more(incidents - numbers.length)}` : '';
    const facts = [
      code(titleIn(group, language), 100),
      product === '' ? '' : name(product),
      alerts > 1 ? words.times(counted(alerts)) : '',
    ];
    return `- ${listed}${rest} ${severe(severity)}: ${facts.filter((fact) => fact !== '').join(and)}`;
  });
  return listPart(() => words.lowPart(counted(lowTotal)), lines, { total, room: listRoom, language });
}

type Held = readonly Pick<ListedIncident, 'number' | 'kind' | 'pressing' | 'severity'>[];

/** Whom the policy names for critical ones that are held back. */
export function heldMentioned(held: Held, policy: Pick<Policy, 'mention' | 'mode'>): string[] {
  const critical = held.filter(({ severity }) => severity === 'critical');
  return [...new Set(critical.flatMap((one) => mentionedFor(one, policy)))];
}

/** The comment that tells of critical ones held back, to whom the policy names for them; undefined when that is nobody. */
export function heldComment(
  { held }: { held: Held },
  policy: Pick<Policy, 'mention' | 'mode' | 'language'>,
): string | undefined {
  const critical = held.filter(({ severity }) => severity === 'critical');
  const who = heldMentioned(held, policy);
  if (who.length === 0) return undefined;
  const words = digestWords(policy.language);
  const numbers = critical.slice(0, digestLimits.numbers).map(({ number }) => number);
  const counts = bySeverity([{ severity: 'critical', count: critical.length }], policy.language);
  const first = words.mention(counts, numbers.map((number) => `\`${number}\``).join(' '));
  return [`${first} ${words.next(numbers.join(' '))}`, '', words.by(who.map((one) => `@${one}`).join(' '))].join('\n');
}
