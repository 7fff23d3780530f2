import { answerWords } from '../../messages/answers.ts';
import { emergencyWords } from '../../messages/emergency.ts';
import { statusWords } from '../../messages/statuses.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { verdictWords } from '../../messages/verdicts.ts';
import { code } from '../../publish/text.ts';
import { inZone } from '../../publish/times.ts';
import { openEmergencies } from '../../store/emergencies.ts';
import { type Command, refused } from '../command.ts';
import { readVerdict, verdictList } from '../read-verdict.ts';

export const close: Command = {
  name: 'close',
  usage: '/close <tp|fp|benign|dup #n|…> <why>',
  summary: summaryWords.table.close,
  right: 'analyst',
  async run({ tx, incident, author, rest, now, locale: { language, timeZone } }) {
    const words = answerWords(language);
    if (incident.status !== 'open') return refused('', words.isAlready(statusWords(language)[incident.status]));
    const read = readVerdict(rest);
    if (!read) return refused('', words.verdictFirst(verdictList(language)));
    const understood = words.closeAs(verdictWords(language)[read.verdict]);
    if (read.why === '') return refused(understood, words.sayWhy);
    if (read.verdict === 'duplicate' && !/#\d+/.test(read.why)) return refused(understood, words.sayWhichIssue);
    await tx.query(
      `update incident set status = 'closed', closed_at = $2, closed_by = $3, verdict = $4, verdict_by = $3, verdict_why = $5,
         investigate_at = null where id = $1`,
      [incident.id, now, author, read.verdict, read.why],
    );
    await tx.query(`update recommendation set status = 'withdrawn' where incident_id = $1 and status = 'open'`, [
      incident.id,
    ]);
    const active = await tx.query<{ n: number }>(
      `select count(*)::int as n from task where incident_id = $1 and status in ('active', 'unverified')`,
      [incident.id],
    );
    const left = active.rows[0]?.n ?? 0;
    const still = left > 0 ? words.stillActive(left) : '';
    const alone = [...(await openEmergencies(tx, incident.id)).values()].map((one) =>
      emergencyWords(language).stillToConfirm(one.recommendation, inZone(one.confirmBy, timeZone)),
    );
    return {
      state: 'done',
      understood,
      answer: words.closed(code(read.why)) + still + alone.join(''),
      ledger: [
        {
          kind: 'incident.closed',
          incidentId: incident.id,
          body: { verdict: read.verdict, why: read.why, by: author },
        },
      ],
    };
  },
};
