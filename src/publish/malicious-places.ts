import { comparedName } from '../domain/advisory.ts';
import type { VulnerablePlace } from '../domain/alert.ts';
import type { AlertView, IncidentView } from '../domain/incident-view.ts';
import { ends } from '../domain/life.ts';
import type { Language } from '../domain/locale.ts';
import { listsWords } from '../messages/lists.ts';
import { maliciousWords } from '../messages/malicious.ts';
import { vulnerableWords } from '../messages/vulnerable.ts';
import { sourceWhy } from './source-why.ts';
import { code } from './text.ts';
import { both } from './times.ts';

/** Lines of the list in an issue. */
const lineLimit = 30;

/** One package in one repository, by whoever told of it. */
interface Found {
  place: VulnerablePlace;
  files: string[];
  /** Where it stands, by each of them. */
  stands: AlertView['lifecycle'][];
  /** Of none of them it can be told that the version is malicious. */
  possible: boolean;
  /** Why it was dismissed. */
  why?: string;
}

/** Repositories, lock files and runs that had a malicious package. Empty for other incidents. */
export function maliciousPlaces(view: IncidentView): string {
  const found = foundIn(view.alerts);
  if (found.length === 0) return '';
  const { language } = view.policy;
  const repositories = new Set(found.map(({ place }) => place.repository));
  const more = found.length - lineLimit;
  return [
    maliciousWords(language).title(repositories.size),
    ...found.slice(0, lineLimit).map((one) => line(view, one)),
    ...(more > 0 ? [listsWords(language).lineMore(more)] : []),
  ].join('\n');
}

/** Dependabot knows the file, the look at the dependency graph knows the runs. */
function foundIn(alerts: readonly AlertView[]): Found[] {
  const found = new Map<string, Found>();
  for (const { place, lifecycle, lifecycleWhy } of alerts) {
    if (!place?.malicious) continue;
    const key = `${place.repository.toLowerCase()} ${comparedName(place.ecosystem ?? '', place.package)}`;
    const known = found.get(key);
    const files = [...new Set([...(known?.files ?? []), ...(place.manifest === undefined ? [] : [place.manifest])])];
    const merged = { ...known?.place, ...place };
    const why = known?.why ?? (lifecycle === 'dismissed' ? lifecycleWhy : undefined);
    const stands = [...(known?.stands ?? []), lifecycle];
    const possible = known?.possible !== false && place.certain === false;
    found.set(key, { place: merged, files, stands, possible, ...(why !== undefined && { why }) });
  }
  return [...found.values()].sort((a, b) => (a.place.repository < b.place.repository ? -1 : 1));
}

function line(view: IncidentView, found: Found): string {
  const { place, files } = found;
  const { language } = view.policy;
  const words = maliciousWords(language);
  const list = listsWords(language).and;
  const version = place.installed ?? place.range;
  const name = code([place.ecosystem, place.package, version].filter(Boolean).join(' '), 120);
  const where = files.slice(0, 5).map((file) => code(file, 80));
  const parts = [
    where.length === 0 ? words.noFile(name) : words.inFile(name, where.join(list)),
    ...(found.possible && version !== undefined ? [vulnerableWords(language).possible(code(version, 80))] : []),
    ...over(found, language),
    runs(view, place),
  ];
  return `- ${code(place.repository, 80)}: ${parts.join('; ')}`;
}

/** It is gone when nobody says anything else; that somebody wants no more of it takes nothing out. */
function over({ stands, why }: Found, language: Language): string[] {
  if (!stands.every(ends)) return [];
  const words = maliciousWords(language);
  if (stands.every((one) => one === 'fixed')) return [words.gone];
  return [words.dismissed(why === undefined ? undefined : sourceWhy(why, language, 80))];
}

function runs({ policy: { language, timeZone } }: IncidentView, { runs: window }: VulnerablePlace): string {
  const words = maliciousWords(language);
  if (window === undefined) return words.notLooked;
  const at = (time: string) => both(new Date(time), timeZone);
  if (window.unread !== undefined) return words.unread(code(window.unread, 40), at(window.from), at(window.to));
  const counted = words.runs(window.total, at(window.from), at(window.to));
  const shown = window.shown.map((run) => words.run(code(run.path, 80), run.id, at(run.at)));
  return shown.length === 0 ? counted : `${counted}: ${shown.join(listsWords(language).and)}`;
}
