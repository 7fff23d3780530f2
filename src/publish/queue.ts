import { needsSomebodyNow } from '../domain/alert.ts';
import { titleIn } from '../domain/alert-title.ts';
import type { Locale } from '../domain/locale.ts';
import type { Queue, QueueEntry } from '../domain/queue-entry.ts';
import { queueWords } from '../messages/queue.ts';
import { type Elsewhere, elsewhereLine } from './elsewhere.ts';
import { urgency } from './headline.ts';
import { marker } from './marker.ts';
import { code, name, person } from './text.ts';
import { dayOf, inZone, length } from './times.ts';

/** Incidents the queue lists; the labels filter the rest. */
export const queueLimit = 150;

const sections = ['now', 'soon', 'inTurn', 'toMend', 'snoozed'] as const;
type Section = (typeof sections)[number];

/**
 * The issue that ranks what is open. Lengths of time in it are coarse and grow together, so that it is edited when
 * something changed, and four times an hour at most because time went by.
 */
export function renderQueue(
  { entries, total, urgent, alone }: Queue,
  locale: Locale,
  now: Date,
  { elsewhere, pinned = true }: { elsewhere?: Elsewhere; pinned?: boolean } = {},
): { title: string; body: string } {
  const words = queueWords(locale.language);
  const placed = entries.map((entry) => ({ entry, section: sectionOf(entry, now) }));
  const parts = sections.flatMap((section) => {
    const here = placed.filter((one) => one.section === section).map(({ entry }) => entry);
    const ordered = section === 'toMend' ? here.sort(byDue) : here;
    const lines = ordered.map((entry) => line(entry, section, locale, now));
    return lines.length === 0 ? [] : [`### ${words[section]} (${lines.length})\n\n${lines.join('\n')}`];
  });
  const more = total - entries.length;
  const opening = urgent === 0 ? words.calm(total) : words.urgent(urgent, alone, total);
  const others = elsewhere && elsewhereLine(elsewhere, locale.language);
  const body = [
    total === 0 ? words.nothingOpen : opening,
    ...parts,
    ...(more > 0 ? [words.more(more)] : []),
    ...(others === undefined ? [] : [others]),
    pinned ? words.kept : words.keptUnpinned,
    marker('queue', 'queue'),
  ];
  return { title: words.title, body: body.join('\n\n') };
}

function sectionOf(entry: QueueEntry, now: Date): Section {
  if (entry.snoozedUntil && entry.snoozedUntil > now) return 'snoozed';
  if (!needsSomebodyNow(entry)) return 'toMend';
  const { sign } = urgency(entry, entry.report);
  return sign === '🔴' ? 'now' : sign === '🟡' ? 'soon' : 'inTurn';
}

/** What is to be mended first; what has no day stands last, as it was. */
function byDue(a: QueueEntry, b: QueueEntry): number {
  if (a.dueAt === undefined || b.dueAt === undefined)
    return Number(a.dueAt === undefined) - Number(b.dueAt === undefined);
  return a.dueAt.getTime() - b.dueAt.getTime();
}

/** `#12 title`: because, who, how long. */
function line(entry: QueueEntry, section: Section, { language, timeZone }: Locale, now: Date): string {
  const words = queueWords(language);
  const { issue, severity, owner, asked, openedAt, waiting, snoozedUntil, dueAt } = entry;
  const facts = [
    words.severity(severity, because(entry, language)),
    owner === undefined ? words.nobodyHasIt(asked && code(`@${asked}`, 80)) : words.hasIt(person(owner)),
    waiting > 0 ? words.toApprove(waiting) : '',
    dueAt === undefined ? '' : dueAt <= now ? words.overdue(dayOf(dueAt, timeZone)) : words.due(dayOf(dueAt, timeZone)),
    section === 'snoozed' && snoozedUntil ? words.until(inZone(snoozedUntil, timeZone)) : age(openedAt, now, language),
  ];
  return `- #${issue} ${code(titleIn(entry, language), 100)}: ${facts.filter((fact) => fact !== '').join(words.between)}`;
}

/** How often ages are counted anew, all at once, in milliseconds. */
const ageStepMs = 15 * 60_000;

/** How long ago it was opened, in one unit and never too long. */
function age(openedAt: Date, now: Date, language: Locale['language']): string {
  const words = queueWords(language);
  const ms = now.getTime() - (now.getTime() % ageStepMs) - openedAt.getTime();
  if (ms < ageStepMs) return words.justOpened(length(ageStepMs, language));
  const hour = 3_600_000;
  const unit = ms < hour ? ageStepMs : ms < 48 * hour ? hour : 24 * hour;
  return words.opened(length(ms - (ms % unit), language));
}

function because({ severityBy, byPolicy, rated, product }: QueueEntry, language: Locale['language']): string {
  const words = queueWords(language);
  if (severityBy !== undefined) return words.setBy(person(severityBy));
  if (byPolicy) return words.byPolicy;
  return words[rated ? 'says' : 'notRatedBy'](product === '' ? words.itsProduct : name(product));
}
