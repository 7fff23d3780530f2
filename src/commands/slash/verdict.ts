import { answerWords } from '../../messages/answers.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { verdictWords } from '../../messages/verdicts.ts';
import { code } from '../../publish/text.ts';
import { type Command, refused } from '../command.ts';
import { readVerdict, verdictList } from '../read-verdict.ts';

export const verdict: Command = {
  name: 'verdict',
  usage: '/verdict <tp|fp|benign|suspicious|…> [why]',
  summary: summaryWords.table.verdict,
  right: 'analyst',
  async run({ tx, incident, author, rest, locale: { language } }) {
    const words = answerWords(language);
    const read = readVerdict(rest);
    if (!read) return refused('', words.sayOneOf(verdictList(language)));
    await tx.query('update incident set verdict = $2, verdict_by = $3, verdict_why = $4 where id = $1', [
      incident.id,
      read.verdict,
      author,
      read.why,
    ]);
    return {
      state: 'done',
      understood: words.verdict(verdictWords(language)[read.verdict]),
      answer: words.confirmed + (read.why ? words.why(code(read.why)) : ''),
      ledger: [
        { kind: 'verdict', incidentId: incident.id, body: { verdict: read.verdict, why: read.why, by: author } },
      ],
    };
  },
};
