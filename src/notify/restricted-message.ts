import type { IncidentView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import type { NotificationEvent } from '../domain/notification.ts';
import { restrictedWords } from '../messages/restricted.ts';
import type { IssuePlace, Message } from './message.ts';

/**
 * One message about one incident of a restricted room: its number and severity. A channel is read by more people than the
 * room, so neither the title nor the repository is told, and there is no link.
 */
export function restrictedMessage(
  { id, event }: { id: string; event: NotificationEvent },
  { incident, now }: Pick<IncidentView, 'incident' | 'now'>,
  place: IssuePlace,
  language: Language,
): Message {
  const { severity } = incident;
  const words = restrictedWords(language);
  const lines: Record<NotificationEvent, string> = {
    opened: words.opened(incident.id, severity),
    raised: words.raised(incident.id, severity),
    taken: words.taken(incident.id),
    closed: words.closed(incident.id),
  };
  return {
    id: `incident-${incident.id}-${id}`,
    key: `yagura/${place.repository}/incident/${incident.id}`,
    event,
    severity,
    kind: 'incident',
    line: lines[event],
    facts: [],
    link: undefined,
    source: place.repository,
    at: now,
  };
}

/** Where the issues of an open room stand, beside those of the default one. */
export function placeIn(byDefault: IssuePlace, room: string): IssuePlace {
  if (room === '') return byDefault;
  return { repository: room, url: `${byDefault.url.slice(0, -byDefault.repository.length)}${room}` };
}
