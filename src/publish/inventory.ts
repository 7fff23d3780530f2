import type { Locale } from '../domain/locale.ts';
import { ageBounds, type Inventory } from '../domain/quiet-lists.ts';
import { severities } from '../domain/severity.ts';
import { dayOf } from '../domain/zoned-time.ts';
import { inventoryWords } from '../messages/inventory.ts';
import { listsWords } from '../messages/lists.ts';
import { queueWords } from '../messages/queue.ts';
import { adoptLimit, bySeverity, counted, listedLine, listPart } from './listed.ts';
import { marker } from './marker.ts';
import { code } from './text.ts';

/** Repositories and incidents the inventory lists at most; the counts are of all. */
export const inventoryLimits = { places: 60, incidents: 60 };

/** UTF-16 units of each of the two lists, so that they fit into an issue whatever the names are. */
const listRoom = 28_000;

/**
 * The issue that counts what was open when its source was connected, so that it need not be an issue each. Ages are of
 * whole days, so that time alone edits it once a day.
 */
export function renderInventory(inventory: Inventory, room: string, locale: Locale): { title: string; body: string } {
  const words = inventoryWords(locale.language);
  const { total, settled } = inventory;
  const left = total > 0;
  const parts = [
    left ? words.headline(counted(total), worst(inventory, locale)) : words.nothing,
    settled > 0 ? words.settled(counted(settled)) : '',
    ...(left ? [counts(inventory, locale), next(inventory, locale), places(inventory, locale)] : []),
    left ? incidents(inventory, locale) : '',
    words.kept,
    marker('inventory', `inventory:${room}`),
  ];
  return { title: words.title, body: parts.filter((part) => part !== '').join('\n\n') };
}

function worst({ severities: found }: Inventory, { language }: Locale): string {
  return bySeverity(
    found.filter(({ severity }) => severity === 'critical' || severity === 'high'),
    language,
  );
}

function counts({ severities: found, kinds, ages }: Inventory, { language }: Locale): string {
  const words = inventoryWords(language);
  const { and } = listsWords(language);
  const ofAge = ages.map(({ below, count }) => words.of(ageOf(below, words), counted(count)));
  const ofKind = kinds.map(({ kind, count }) => words.of(kind, counted(count)));
  return [
    `- ${words.severity}: ${bySeverity(found, language)}`,
    `- ${words.kind}: ${ofKind.join(and)}`,
    `- ${words.age}: ${ofAge.join(and)}`,
  ].join('\n');
}

function ageOf(below: number | undefined, words: ReturnType<typeof inventoryWords>): string {
  if (below === undefined) return words.longer(ageBounds.at(-1) ?? 0);
  const from = ageBounds.findLast((bound) => bound < below);
  return from === undefined ? words.below(below) : words.between(from, below);
}

function next({ incidents: listed }: Inventory, { language }: Locale): string {
  const words = inventoryWords(language);
  const numbers = listed.slice(0, 2).map(({ number }) => number);
  const steps = [words.adopt(numbers.join(' ')), words.adoptAll(adoptLimit), words.byPolicy];
  return [words.doNext, ...steps.map((step) => `- ${step}`)].join('\n');
}

function places({ places: listed, placesTotal: total }: Inventory, { language, timeZone }: Locale): string {
  const words = inventoryWords(language);
  const lines = listed.map(({ name, counts: found, oldest }) => {
    const sums = severities.map((severity) => ({ severity, count: found[severity] ?? 0 }));
    const sum = sums.reduce((n, { count }) => n + count, 0);
    return words.place(code(name, 100), counted(sum), bySeverity(sums, language), dayOf(oldest, timeZone));
  });
  return listPart(() => words.places(counted(total)), lines, { total, room: listRoom, language });
}

function incidents({ incidents: listed, incidentsTotal: total }: Inventory, locale: Locale): string {
  const { language, timeZone } = locale;
  const words = inventoryWords(language);
  const lines = listed.map((one) => listedLine(one, queueWords(language).since(dayOf(one.since, timeZone)), locale));
  const heading = (shown: number) => words.worst(counted(shown), counted(total));
  return listPart(heading, lines, { total, room: listRoom, language });
}
