import type { AlertView, IncidentView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import { listsWords } from '../messages/lists.ts';
import { vulnerableWords } from '../messages/vulnerable.ts';
import { code } from './text.ts';

/** Lines of the list in an issue; the full text has no end. */
const lineLimit = 30;

/** Where a vulnerable package is and what mends it: a line a place, what is not mended yet first. Empty for other incidents. */
export function vulnerablePlaces(view: IncidentView, limit = lineLimit): string {
  if (view.incident.kind !== 'vulnerability') return '';
  const places = shown(view.alerts);
  if (places.length === 0) return '';
  const { language } = view.policy;
  const words = vulnerableWords(language);
  const sorted = [...places].sort((a, b) => order(a) - order(b) || (repositoryOf(a) < repositoryOf(b) ? -1 : 1));
  const left = places.filter((alert) => order(alert) === 0).length;
  const more = view.alertTotal - Math.min(limit, sorted.length);
  return [
    left === 0 ? words.mended : words.toMend(left, places.length, cure(places)),
    ...sorted.slice(0, limit).map((alert) => line(view, alert)),
    ...(more > 0 ? [listsWords(language).lineMore(more)] : []),
  ].join('\n');
}

/** The version that mends all places, where it is the same. */
function cure(places: AlertView[]): string | undefined {
  const versions = new Set(places.map((alert) => alert.place?.fixed));
  const [version] = versions;
  return versions.size === 1 && version !== undefined ? code(version, 60) : undefined;
}

function line(view: IncidentView, alert: AlertView): string {
  const { language } = view.policy;
  const words = vulnerableWords(language);
  const repository = repositoryOf(alert);
  const owner = view.owners?.[repository];
  const said = (value: string | undefined) => (value === undefined ? undefined : code(value, 80));
  const { package: title = '', ecosystem, manifest, relationship, scope, installed, range } = alert.place ?? {};
  const name = code([ecosystem, title].filter(Boolean).join(' '), 80);
  const facts = [
    manifest === undefined ? name : words.inManifest(name, code(manifest, 80)),
    said([relationship, scope].filter(Boolean).join(', ') || undefined),
    said([installed, range].filter(Boolean).join(': ') || undefined),
    owner === undefined ? words.noOwner : words.owner(code(owner, 60)),
  ];
  return `- ${state(alert, language)} ${code(repository, 80)}: ${facts.filter((fact) => fact !== undefined).join(listsWords(language).and)}`;
}

function state({ lifecycle, lifecycleWhy }: AlertView, language: Language): string {
  const words = vulnerableWords(language);
  if (lifecycle === 'fixed') return words.fixed;
  if (lifecycle === 'dismissed')
    return words.dismissed(lifecycleWhy === undefined ? undefined : code(lifecycleWhy, 80));
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
  const key = ({ place }: AlertView) => `${place?.repository} ${place?.package}`.toLowerCase();
  const followed = new Set(alerts.filter(({ place }) => place?.by === 'dependabot').map(key));
  return alerts.filter((alert) => alert.place && !(alert.place.by === 'advisory' && followed.has(key(alert))));
}
