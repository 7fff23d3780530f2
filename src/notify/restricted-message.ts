import type { IncidentView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import type { NotificationEvent } from '../domain/notification.ts';
import { restrictedWords } from '../messages/restricted.ts';
import { type IssuePlace, incidentKey, type Message } from './message.ts';

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
    key: incidentKey(place, incident),
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
