import { answerWords } from '../../messages/answers.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { both } from '../../publish/times.ts';
import { type Command, refused } from '../command.ts';
import { readMoment } from '../duration.ts';
import { notOpen } from '../not-open.ts';

/** Longest time an incident can be put off. */
const longestMs = 90 * 24 * 3600 * 1000;

export const snooze: Command = {
  name: 'snooze',
  usage: '/snooze <4h|2026-03-02|2026-03-02 09:00>',
  summary: summaryWords.table.snooze,
  right: 'analyst',
  async run({ tx, incident, author, rest, now, locale }) {
    const { language, timeZone } = locale;
    const words = answerWords(language);
    const ended = notOpen({ incident, locale });
    if (ended !== undefined) return refused('', ended);
    const until = readMoment(rest, now, timeZone);
    if (!until) return refused('', words.untilWhen);
    if (until <= now || until.getTime() - now.getTime() > longestMs)
      return refused(words.until(both(until, timeZone)), words.tooFar);
    await tx.query('update incident set snoozed_until = $2 where id = $1', [incident.id, until]);
    return {
      state: 'done',
      understood: words.putOff(both(until, timeZone)),
      answer: words.noted,
      ledger: [
        { kind: 'incident.changed', incidentId: incident.id, body: { snoozedUntil: until.toISOString(), by: author } },
      ],
    };
  },
};
