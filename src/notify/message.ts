import { defang } from '../domain/defang.ts';
import type { EntityType } from '../domain/entity.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import type { NotificationEvent } from '../domain/notification.ts';
import { defaultRoom } from '../domain/room.ts';
import { atLeast, type Severity } from '../domain/severity.ts';
import { notifyWords } from '../messages/notify.ts';
import { firstLine } from '../publish/headline.ts';
import { person } from '../publish/text.ts';
import { both } from '../publish/times.ts';
import { plain, plainLine } from './plain.ts';

/** What a channel sends, as plain text: every text in it may come from an alert and is escaped by the channel. */
export interface Message {
  /** Of this message alone, the same on every try; letters, digits and hyphens. */
  id: string;
  /** The same in all messages about one thing. */
  key: string;
  event: NotificationEvent;
  severity: Severity;
  kind: string;
  /** Stands alone. */
  line: string;
  facts: { name: string; value: string }[];
  /** Where people go on; undefined while there is no issue. */
  link: { text: string; url: string } | undefined;
  /** `owner/name` of the issue repository. */
  source: string;
  at: Date;
}

/** Where issues stand. */
export interface IssuePlace {
  /** `owner/name` */
  repository: string;
  /** Address of the repository's pages. */
  url: string;
}

/** Indicators that tell a reader something, and how many of them. */
const telling: EntityType[] = ['host', 'ip', 'domain', 'url', 'user', 'email'];
const indicatorLimit = 6;

/** Where the issues of an open room stand, beside those of the default one. */
function placeIn(byDefault: IssuePlace, room: string): IssuePlace {
  if (room === '') return byDefault;
  return { repository: room, url: `${byDefault.url.slice(0, -byDefault.repository.length)}${room}` };
}

/** What all messages about an incident have: by the default repository, since its room may become restricted meanwhile. */
export function incidentKey(byDefault: IssuePlace, { id }: { id: string }): string {
  return `yagura/${byDefault.repository}/incident/${id}`;
}

/**
 * One message about one incident. `was`: the severity it was told with before, when it went up. `byDefault`: the default
 * repository; its own room is the incident's.
 */
export function messageOf(
  notification: { id: string; event: NotificationEvent; was?: Severity | undefined },
  view: IncidentView,
  byDefault: IssuePlace,
): Message {
  const { incident } = view;
  const place = placeIn(byDefault, incident.room ?? defaultRoom);
  const { id, event, was } = notification;
  return {
    id: `incident-${incident.id}-${id}`,
    key: incidentKey(byDefault, incident),
    event,
    severity: incident.severity,
    kind: incident.kind,
    line: lineOf(event, view, was),
    facts: event === 'opened' || event === 'raised' ? factsOf(view) : [],
    link:
      incident.issue === undefined
        ? undefined
        : { text: `${place.repository}#${incident.issue}`, url: `${place.url}/issues/${incident.issue}` },
    source: place.repository,
    at: view.now,
  };
}

/** One message for many incidents that wait. */
export function foldedMessage(
  waiting: { id: string; severity: Severity; event: NotificationEvent }[],
  place: IssuePlace,
  { perHour, language }: { perHour: number; language: Language },
  now: Date,
): Message {
  const words = notifyWords(language);
  const counts = new Map<Severity, number>();
  for (const { severity } of waiting) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  const order: Severity[] = ['critical', 'high', 'medium', 'low', 'informational', 'unknown'];
  const listed = order.flatMap((severity) => {
    const n = counts.get(severity);
    return n === undefined ? [] : [words.counted(n, severity)];
  });
  const id = waiting[0]?.id ?? '0';
  return {
    id: `more-${id}`,
    key: `yagura/${place.repository}/more/${id}`,
    event: 'opened',
    severity: order.find((severity) => counts.has(severity)) ?? 'unknown',
    kind: 'incident',
    line: words.folded(waiting.length, listed.join(words.between), perHour),
    facts: [],
    link: { text: words.openIncidents(place.repository), url: `${place.url}/issues?q=is%3Aopen+label%3Aincident` },
    source: place.repository,
    at: now,
  };
}

function lineOf(event: NotificationEvent, view: IncidentView, was: Severity | undefined): string {
  const { incident } = view;
  const words = notifyWords(view.policy.language);
  const line = plainLine(firstLine(view));
  // Told again as bad as before: it is exploited and exposed since.
  if (event === 'raised' && was !== undefined && atLeast(was, incident.severity)) return words.pressing(line);
  if (event === 'raised') return words.raised(incident.severity, was, line);
  if (event === 'taken') return words.taken(incident.owner ? plain(person(incident.owner), 90) : words.somebody, line);
  return line;
}

function factsOf(view: IncidentView): { name: string; value: string }[] {
  const { incident, entities } = view;
  const words = notifyWords(view.policy.language);
  const named = entities.filter(({ type }) => telling.includes(type));
  const shown = named.slice(0, indicatorLimit).map((entity) => plain(defang(entity), 120));
  const listed = shown.join(words.between);
  const more = named.length - shown.length;
  return [
    { name: words.severity, value: incident.severity },
    { name: words.kind, value: incident.kind },
    { name: words.since, value: both(incident.firstSeen, view.policy.timeZone) },
    ...(shown.length === 0 ? [] : [{ name: words.indicators, value: more > 0 ? words.andMore(listed, more) : listed }]),
  ];
}
