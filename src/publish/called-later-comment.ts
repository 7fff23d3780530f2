import { titleIn } from '../domain/alert-title.ts';
import type { Incident } from '../domain/incident.ts';
import type { Language } from '../domain/locale.ts';
import { mentionWords } from '../messages/mentions.ts';
import { onCallWords } from '../messages/on-call.ts';
import { reportWords } from '../messages/report.ts';
import { urgency } from './headline.ts';
import { code } from './text.ts';

/** The comment that mentions people once fewer incidents call them. Its first line stands alone. */
export function calledLaterComment(incident: Incident, who: readonly string[], language: Language): string {
  const what = onCallWords(language).what(code(titleIn(incident, language), 120), incident.severity);
  const first = `${urgency(incident).sign} ${mentionWords(language).stillOpen(what)}`;
  return [first, '', reportWords(language).forPeople(who.map((one) => `@${one}`).join(' '))].join('\n');
}
