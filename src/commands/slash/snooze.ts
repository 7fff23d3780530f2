import { both } from '../../publish/times.ts';
import { type Command, refused } from '../command.ts';
import { readMoment } from '../duration.ts';

/** Longest time an incident can be put off. */
const longestMs = 90 * 24 * 3600 * 1000;

export const snooze: Command = {
  name: 'snooze',
  usage: '/snooze <4h|2026-03-02|2026-03-02 09:00>',
  summary: 'put it off until then; a new alert ends it',
  right: 'analyst',
  decides: () => true,
  async run({ tx, incident, author, rest, now, policy }) {
    if (incident.status !== 'open') return refused('', `this incident is ${incident.status}`);
    const until = readMoment(rest, now, policy.timeZone);
    if (!until) return refused('', 'say until when: `/snooze 4h`, `/snooze 2026-03-02`');
    if (until <= now || until.getTime() - now.getTime() > longestMs)
      return refused(`until ${both(until, policy.timeZone)}`, 'that is not within the next 90 days');
    await tx.query('update incident set snoozed_until = $2 where id = $1', [incident.id, until]);
    return {
      state: 'done',
      understood: `put off until ${both(until, policy.timeZone)}`,
      answer: 'noted',
      ledger: [
        { kind: 'incident.changed', incidentId: incident.id, body: { snoozedUntil: until.toISOString(), by: author } },
      ],
    };
  },
};
