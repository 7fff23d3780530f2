import type { AlertView, IncidentView } from '../domain/incident-view.ts';
import { code } from './text.ts';

/** Lines of the list in an issue; the full text has no end. */
const lineLimit = 30;

/** Where a vulnerable package is and what mends it: a line a place, what is not mended yet first. Empty for other incidents. */
export function vulnerablePlaces(view: IncidentView, limit = lineLimit): string {
  if (view.incident.kind !== 'vulnerability') return '';
  const places = view.alerts.filter((alert) => quoted(alert, 'package') !== undefined);
  if (places.length === 0) return '';
  const sorted = [...places].sort((a, b) => order(a) - order(b) || (repositoryOf(a) < repositoryOf(b) ? -1 : 1));
  const left = places.filter((alert) => order(alert) === 0).length;
  const more = view.alertTotal - Math.min(limit, sorted.length);
  return [
    left === 0
      ? '**Mended everywhere**'
      : `**To mend: ${left} of ${places.length}**${cure(places)}; it closes by itself when its source says that all are`,
    ...sorted.slice(0, limit).map((alert) => line(view, alert)),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ].join('\n');
}

/** What all places need, where they need the same. */
function cure(places: AlertView[]): string {
  const versions = new Set(places.map((alert) => quoted(alert, 'fixed in')));
  const [version] = versions;
  return versions.size === 1 && version !== undefined ? `, fixed in ${code(version, 60)}` : '';
}

function line(view: IncidentView, alert: AlertView): string {
  const repository = repositoryOf(alert);
  const owner = view.owners?.[repository];
  const said = (name: string) => {
    const value = quoted(alert, name);
    return value === undefined ? undefined : code(value, 80);
  };
  const manifest = said('manifest');
  const facts = [
    `${said('package')}${manifest === undefined ? '' : ` in ${manifest}`}`,
    said('dependency'),
    said('vulnerable'),
    `${owner === undefined ? 'no owner named' : `owner ${code(owner, 60)}`}`,
  ];
  return `- ${state(alert)} ${code(repository, 80)}: ${facts.filter((fact) => fact !== undefined).join(', ')}`;
}

function state({ lifecycle, lifecycleWhy }: AlertView): string {
  if (lifecycle === 'fixed') return '✅ fixed';
  if (lifecycle === 'dismissed')
    return `➖ dismissed${lifecycleWhy === undefined ? '' : ` (${code(lifecycleWhy, 80)})`}`;
  return lifecycle === 'reopened' ? '**open again**' : '**open**';
}

/** What is open stands above what is over. */
function order({ lifecycle }: AlertView): number {
  return lifecycle === 'fixed' || lifecycle === 'dismissed' ? 1 : 0;
}

function repositoryOf(alert: AlertView): string {
  return alert.entities.find((entity) => entity.type === 'cloud_resource')?.value ?? '';
}

function quoted(alert: AlertView, name: string): string | undefined {
  return alert.quoted.find((field) => field.name === name)?.value;
}
