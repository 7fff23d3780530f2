import { needsSomebodyNow } from '../domain/alert.ts';
import type { QueueEntry } from '../domain/queue-entry.ts';
import { urgency } from './headline.ts';
import { marker } from './marker.ts';
import { code, name, person } from './text.ts';
import { both, inZone } from './times.ts';

/** Incidents the queue lists; the labels filter the rest. */
export const queueLimit = 150;

const sections = ['Now', 'Soon', 'In its turn', 'To mend', 'Snoozed'] as const;
type Section = (typeof sections)[number];

/**
 * The issue that ranks what is open. It holds no length of time, only moments, so that it is edited when something
 * changed and not because a minute went by.
 */
export function renderQueue(
  { entries, total }: { entries: QueueEntry[]; total: number },
  { timeZone, now }: { timeZone: string; now: Date },
): { title: string; body: string } {
  const placed = entries.map((entry) => ({ entry, section: sectionOf(entry, now) }));
  const urgent = placed.filter(({ section }) => section === 'Now');
  const alone = urgent.filter(({ entry }) => entry.owner === undefined).length;
  const parts = sections.flatMap((section) => {
    const lines = placed.filter((one) => one.section === section).map(({ entry }) => line(entry, section, timeZone));
    return lines.length === 0 ? [] : [`### ${section} (${lines.length})\n\n${lines.join('\n')}`];
  });
  const more = total - entries.length;
  const body = [
    total === 0 ? '⚪ **Nothing is open.**' : opening(urgent.length, alone, total),
    ...parts,
    ...(more > 0 ? [`And ${more} more: filter the issues by their labels.`] : []),
    '<sub>Kept by Yagura; edits here are lost. Pin this issue, or filter by `label:incident`.</sub>',
    marker('queue', 'queue'),
  ];
  return { title: 'Queue: what is open, most urgent first', body: body.join('\n\n') };
}

function opening(urgent: number, alone: number, total: number): string {
  if (urgent === 0) return `⚪ **Nothing needs somebody now.** ${total} open.`;
  const nobody = alone === 0 ? 'each has somebody' : `${alone} ${alone === 1 ? 'has' : 'have'} nobody`;
  return `🔴 **${urgent} ${urgent === 1 ? 'needs' : 'need'} somebody now; ${nobody}.** ${total} open.`;
}

function sectionOf(entry: QueueEntry, now: Date): Section {
  if (entry.snoozedUntil && entry.snoozedUntil > now) return 'Snoozed';
  if (!needsSomebodyNow(entry.kind)) return 'To mend';
  const { sign } = urgency(entry, entry.report);
  return sign === '🔴' ? 'Now' : sign === '🟡' ? 'Soon' : 'In its turn';
}

/** `#12 title`: because, who, since when. */
function line(entry: QueueEntry, section: Section, timeZone: string): string {
  const { issue, title, severity, owner, openedAt, waiting, snoozedUntil } = entry;
  const facts = [
    `${severity}, ${because(entry)}`,
    owner === undefined ? '**nobody has it**' : `${person(owner)} has it`,
    waiting > 0 ? `${waiting} to approve` : '',
    section === 'Snoozed' && snoozedUntil
      ? `until ${inZone(snoozedUntil, timeZone)}`
      : `since ${both(openedAt, timeZone)}`,
  ];
  return `- #${issue} ${code(title, 100)}: ${facts.filter((fact) => fact !== '').join('; ')}`;
}

function because({ severityBy, byPolicy, product }: QueueEntry): string {
  if (severityBy !== undefined) return `set by ${person(severityBy)}`;
  return byPolicy ? 'by policy' : `says ${product === '' ? 'its product' : name(product)}`;
}
