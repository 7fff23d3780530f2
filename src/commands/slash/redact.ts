import type { Language } from '../../domain/locale.ts';
import { redacted, tooCommon } from '../../domain/redaction.ts';
import { placeWords } from '../../messages/places.ts';
import { redactWords } from '../../messages/redact.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { type Redacted, redactIncident } from '../../store/redact.ts';
import { type Command, refused } from '../command.ts';

export const redact: Command = {
  name: 'redact',
  usage: '/redact <text>',
  summary: summaryWords.table.redact,
  right: 'responder',
  onMerged: () => true,
  async run({ tx, incident, author, asWritten, comment, now, locale }) {
    const words = redactWords(locale.language);
    const text = asWritten?.trim() ?? '';
    if (asWritten === undefined) return refused('', words.ownComment);
    if (text === '') return refused('', words.sayWhat);
    if (tooCommon(text)) return refused('', words.tooShort);
    const done = await redactIncident(tx, { incidentId: incident.id, text, by: author, now });
    const { records, places, actsOn, ledgerRows } = done;
    return {
      state: 'done',
      understood: words.takeOut([...text].length),
      answer: [told(done, locale.language), '', ...left(done, locale.language).map((line) => `  - ${line}`)].join('\n'),
      ledger: [
        {
          kind: 'redaction',
          incidentId: incident.id,
          body: { by: author, comment: comment.id, records, places, actsOn, ledgerRows },
        },
      ],
    };
  },
};

function told({ places }: Redacted, language: Language): string {
  const words = redactWords(language);
  if (places.length === 0) return words.nowhere;
  const list = places.map(({ what, rows }) => placeWords(language)[what](rows)).join(', ');
  return words.standsNow(`\`${redacted}\``, list);
}

/** Where Yagura cannot reach, and who can. */
function left({ actsOn, ledgerRows }: Redacted, language: Language): string[] {
  const words = redactWords(language);
  return [
    words.comment,
    words.people,
    words.history,
    words.mails,
    words.backups,
    ...(ledgerRows > 0 ? [words.ledger(ledgerRows)] : []),
    ...(actsOn.length > 0 ? [words.acting(actsOn.join(', '))] : []),
    words.provider,
    words.product,
  ];
}
