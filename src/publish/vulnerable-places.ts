import { comparedName } from '../domain/advisory.ts';
import type { AlertView, IncidentView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import { listsWords } from '../messages/lists.ts';
import { vulnerableWords } from '../messages/vulnerable.ts';
import { sourceWhy } from './source-why.ts';
import { code } from './text.ts';
import { dayOf } from './times.ts';

/** Lines of the list in an issue; the full text has no end. */
const lineLimit = 30;

/** Where a vulnerable package is and what mends it: a line a place, what is not mended yet first. Empty for other incidents. */
export function vulnerablePlaces(view: IncidentView, limit = lineLimit): string {
  if (!hasPlaces(view)) return '';
  const places = shown(view.alerts);
  const { language } = view.policy;
  const words = vulnerableWords(language);
  const sorted = [...places].sort((a, b) => order(a) - order(b) || (repositoryOf(a) < repositoryOf(b) ? -1 : 1));
  const { places: total, open: left, fixed } = view.mending?.all ?? countOf(places);
  const more = total - Math.min(limit, sorted.length);
  return [
    left === 0
      ? words.mended
      : words.toMend(left, total, byWhen(view), fixed === undefined ? undefined : code(fixed, 60)),
    ...(left === 0 ? [] : [facts(view)]),
    ...sorted.slice(0, limit).map((alert) => line(view, alert, fixed === undefined)),
    ...(more > 0 ? [listsWords(language).lineMore(more)] : []),
  ].join('\n');
}

/** The day until which, or since which it is late. */
function byWhen({ mending, now, policy }: IncidentView): string | undefined {
  if (mending === undefined) return undefined;
  const words = vulnerableWords(policy.language);
  const day = dayOf(mending.due, policy.timeZone);
  return mending.due <= now ? words.overdue(day) : words.by(day);
}

/** What the time to mend it comes of. */
function facts({ mending, incident, policy }: IncidentView): string {
  const words = vulnerableWords(policy.language);
  if (mending === undefined) return words.severity(incident.severity);
  const { epss, exploited, exposed, listed } = mending;
  const known = [
    ...(epss === undefined ? [] : [words.epss((epss * 100).toFixed(1))]),
    ...(exploited === 'known' ? [words.exploited] : listed ? [words.notExploited] : []),
    ...(exposed ? [words.exposed] : []),
  ];
  return [words.severity(incident.severity), ...(known.length > 0 ? known : [words.nothingKnown])].join(' · ');
}

/** Whether the incident's issue lists places; then nothing else needs to say where. */
export function hasPlaces(view: Pick<IncidentView, 'incident' | 'alerts'>): boolean {
  return view.incident.kind === 'vulnerability' && view.alerts.some(({ place }) => place !== undefined);
}

/** How many places there are, how many are open, and the version that mends every open one, where it is the same. */
function countOf(places: readonly AlertView[]): { places: number; open: number; fixed?: string } {
  const open = places.filter((alert) => order(alert) === 0);
  const [fixed, ...others] = new Set(open.map((alert) => alert.place?.fixed));
  const cure = others.length === 0 && fixed !== undefined ? { fixed } : {};
  return { places: places.length, open: open.length, ...cure };
}

/** `each`: what mends it is said here, since it is not the same everywhere. */
function line(view: IncidentView, alert: AlertView, each: boolean): string {
  const { language } = view.policy;
  const words = vulnerableWords(language);
  const repository = repositoryOf(alert);
  const { owners = [], update, installed: graphs } = view.mending?.places[alert.id] ?? {};
  const owner = owners.length > 0 ? owners.slice(0, 3).join(' ') : view.owners?.[repository];
  const said = (value: string | undefined) => (value === undefined ? undefined : code(value, 80));
  const {
    package: title = '',
    ecosystem,
    manifest,
    relationship,
    scope,
    installed = graphs,
    certain,
    range,
    fixed,
  } = alert.place ?? {};
  const name = code([ecosystem, title].filter(Boolean).join(' '), 80);
  const held = said(installed);
  const vulnerable = said(range);
  const pull = update === undefined ? undefined : code(`${repository}#${update}`, 90);
  const parts = [
    manifest === undefined ? name : words.inManifest(name, code(manifest, 80)),
    said([relationship, scope].filter(Boolean).join(', ') || undefined),
    certain === false ? words.possible(held) : held && words.inUse(held),
    held && vulnerable ? words.vulnerable(vulnerable) : vulnerable,
    each && order(alert) === 0 ? (fixed === undefined ? words.noFix : words.fixedIn(code(fixed, 60))) : undefined,
    owner === undefined ? words.noOwner : words.owner(code(owner, 60)),
    order(alert) === 1 ? undefined : pull === undefined ? words.noUpdate : words.update(pull),
  ];
  return `- ${state(alert, language)} ${code(repository, 80)}: ${parts.filter((part) => part !== undefined).join(listsWords(language).and)}`;
}

function state({ lifecycle, lifecycleWhy }: AlertView, language: Language): string {
  const words = vulnerableWords(language);
  if (lifecycle === 'fixed') return words.fixed;
  if (lifecycle === 'dismissed')
    return words.dismissed(lifecycleWhy === undefined ? undefined : sourceWhy(lifecycleWhy, language, 80));
  return lifecycle === 'reopened' ? words.openAgain : words.open;
}

/** What is open stands above what is over. */
function order({ lifecycle }: AlertView): number {
  return lifecycle === 'fixed' || lifecycle === 'dismissed' ? 1 : 0;
}

function repositoryOf(alert: AlertView): string {
  return alert.place?.repository ?? '';
}

/** The alerts that are places; where Dependabot follows one, what an advisory says of it is the same again. */
function shown(alerts: readonly AlertView[]): AlertView[] {
  const key = ({ place }: AlertView) => {
    const { ghsa, repository = '', ecosystem = '', package: name = '' } = place ?? {};
    return `${ghsa} ${repository.toLowerCase()} ${comparedName(ecosystem, name)}`;
  };
  const followed = new Set(alerts.filter(({ place }) => place?.by === 'dependabot').map(key));
  return alerts.filter((alert) => alert.place && !(alert.place.by === 'advisory' && followed.has(key(alert))));
}
