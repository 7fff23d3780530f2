import { answerWords } from '../messages/answers.ts';
import { statusWords } from '../messages/statuses.ts';
import type { CommandCall } from './command.ts';

/** That an incident is `'closed'` or `'merged'`, for a command that needs an open one; undefined when it is open. */
export function notOpen({ incident, locale }: Pick<CommandCall, 'incident' | 'locale'>): string | undefined {
  if (incident.status === 'open') return undefined;
  return answerWords(locale.language).incidentIs(statusWords(locale.language)[incident.status]);
}
