import { adoptWords } from '../../messages/adopt.ts';
import { answerWords } from '../../messages/answers.ts';
import { commanderWords } from '../../messages/commander.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { isOwnIssue, listOfIssue } from '../../store/promote.ts';
import { adoptListed } from '../adopt-listed.ts';
import { type Command, refused } from '../command.ts';

export const adopt: Command = {
  name: 'adopt',
  usage: '/adopt [<number> … | all [<severity>]]',
  summary: summaryWords.table.adopt,
  right: 'analyst',
  harmless: () => true,
  withoutIncident: true,
  async run(call) {
    const { incident, adoptIssue, rest, comment, locale } = call;
    const words = answerWords(locale.language);
    const list = incident ? undefined : await listOfIssue(call.tx, comment);
    if (list) return adoptListed(call, list, rest);
    if (rest.trim() !== '') return refused('', adoptWords(locale.language).elsewhere);
    if (incident) return refused('', words.adoptedAlready);
    if (await isOwnIssue(call.tx, comment)) return refused('', commanderWords(locale.language).ownIssue);
    const taken = await adoptIssue();
    if (!taken) return refused('', words.noReport);
    return { state: 'done', understood: words.adopt, answer: words.adopted };
  },
};
