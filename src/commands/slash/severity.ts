import { atLeast, type Severity, severities } from '../../domain/severity.ts';
import { answerWords } from '../../messages/answers.ts';
import { listsWords } from '../../messages/lists.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { type Command, refused } from '../command.ts';

const allowed: Severity[] = severities.filter((s) => s !== 'unknown');

export const severity: Command = {
  name: 'severity',
  usage: '/severity <critical|high|medium|low|informational>',
  summary: summaryWords.table.severity,
  right: 'analyst',
  harmless: ({ rest, incident }) => atLeast(rest.toLowerCase() as Severity, incident.severity),
  async run({ tx, incident, author, rest, now, locale: { language } }) {
    const words = answerWords(language);
    const level = rest.toLowerCase() as Severity;
    const list = allowed.map((s) => `\`${s}\``).join(listsWords(language).and);
    if (!allowed.includes(level)) return refused('', words.sayOneOf(list));
    await tx.query('update incident set severity = $2, severity_by = $3, investigate_at = $4 where id = $1', [
      incident.id,
      level,
      author,
      now,
    ]);
    return {
      state: 'done',
      understood: words.severity(level),
      answer: words.severityWas(incident.severity),
      ledger: [
        {
          kind: 'incident.changed',
          incidentId: incident.id,
          body: { severity: level, from: incident.severity, by: author },
        },
      ],
    };
  },
};
