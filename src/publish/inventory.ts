import type { Locale } from '../domain/locale.ts';
import { ageBounds, type Inventory } from '../domain/quiet-lists.ts';
import { severities } from '../domain/severity.ts';
import { dayOf } from '../domain/zoned-time.ts';
import { inventoryWords } from '../messages/inventory.ts';
import { adoptLimit, bySeverity, counted, listedLine } from './listed.ts';
import { marker } from './marker.ts';
import { code } from './text.ts';

/** Repositories and incidents the inventory lists; the counts are of all. */
export const inventoryLimits = { places: 60, incidents: 60 };

/**
 * The issue that counts what was open when its source was connected, so that it need not be an issue each. Ages are of
 * whole days, so that time alone edits it once a day.
 */
export function renderInventory(inventory: Inventory, room: string, locale: Locale): { title: string; body: string } {
  const words = inventoryWords(locale.language);
  const { total, settled } = inventory;
  const parts = [
    total === 0 ? words.nothing : words.headline(words.alerts(counted(total)), worst(inventory)),
    ...(settled > 0 ? [words.settled(counted(settled))] : []),
    ...(total === 0 ? [] : [counts(inventory, locale), next(inventory, locale), places(inventory, locale)]),
    ...(total === 0 ? [] : [incidents(inventory, locale)]),
    words.kept,
    marker('inventory', `inventory:${room}`),
  ];
  return { title: words.title, body: parts.join('\n\n') };
}

function worst({ severities: found }: Inventory): string {
  return bySeverity(found.filter(({ severity }) => severity === 'critical' || severity === 'high'));
}

function counts({ severities: found, kinds, ages }: Inventory, { language }: Locale): string {
  const words = inventoryWords(language);
  const ofAge = ages.map(({ below, count }) =>
    words.of(below === undefined ? words.longer(ageBounds.at(-1) ?? 0) : words.below(below), counted(count)),
  );
  const ofKind = kinds.map(({ kind, count }) => words.of(kind, counted(count)));
  return [
    `- ${words.severity}: ${bySeverity(found)}`,
    `- ${words.kind}: ${ofKind.join(', ')}`,
    `- ${words.age}: ${ofAge.join(', ')}`,
  ].join('\n');
}

function next({ incidents: listed }: Inventory, { language }: Locale): string {
  const words = inventoryWords(language);
  const numbers = listed.slice(0, 2).map(({ number }) => number);
  const steps = [words.adopt(numbers.join(' ')), words.adoptAll(adoptLimit), words.byPolicy];
  return [words.doNext, steps.map((step) => `- ${step}`).join('\n')].join('\n');
}

function places({ places: listed, placesTotal }: Inventory, { language, timeZone }: Locale): string {
  const words = inventoryWords(language);
  const lines = listed.map(({ name, counts: found, oldest }) => {
    const sums = severities.map((severity) => ({ severity, count: found[severity] ?? 0 }));
    const sum = sums.reduce((n, { count }) => n + count, 0);
    return words.place(code(name, 100), counted(sum), bySeverity(sums), dayOf(oldest, timeZone));
  });
  const more = placesTotal - listed.length;
  return [words.places(counted(placesTotal)), '', ...lines, ...(more > 0 ? ['', words.more(counted(more))] : [])].join(
    '\n',
  );
}

function incidents({ incidents: listed, incidentsTotal }: Inventory, locale: Locale): string {
  const words = inventoryWords(locale.language);
  const heading = words.worst(counted(listed.length), counted(incidentsTotal));
  return [heading, '', ...listed.map((one) => listedLine(one, locale))].join('\n');
}
