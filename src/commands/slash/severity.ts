import { atLeast, type Severity, severities } from '../../domain/severity.ts';
import { type Command, refused } from '../command.ts';

const allowed: Severity[] = severities.filter((s) => s !== 'unknown');

export const severity: Command = {
  name: 'severity',
  usage: '/severity <critical|high|medium|low|informational>',
  summary: 'set the severity; a worse alert raises it again',
  right: 'analyst',
  decides: ({ rest, incident }) => !atLeast(rest.toLowerCase() as Severity, incident.severity),
  async run({ tx, incident, author, rest, now }) {
    const level = rest.toLowerCase() as Severity;
    if (!allowed.includes(level)) return refused('', `say one of ${allowed.map((s) => `\`${s}\``).join(', ')}`);
    await tx.query('update incident set severity = $2, severity_by = $3, investigate_at = $4 where id = $1', [
      incident.id,
      level,
      author,
      now,
    ]);
    return {
      state: 'done',
      understood: `severity ${level}`,
      answer: `was ${incident.severity}`,
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
