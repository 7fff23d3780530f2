import { redacted, tooCommon } from '../../domain/redaction.ts';
import { type Redacted, redactIncident } from '../../store/redact.ts';
import { type Command, refused } from '../command.ts';

export const redact: Command = {
  name: 'redact',
  usage: '/redact <text>',
  summary: 'take a text out of everything kept of this incident, and say where it cannot be',
  right: 'responder',
  async run({ tx, incident, author, asWritten, comment, now }) {
    const text = asWritten?.trim() ?? '';
    if (asWritten === undefined) return refused('', 'write it in a comment of its own, so that the text can be told');
    if (text === '') return refused('', 'say what is to go: the text, and nothing else in the line');
    const common = tooCommon(text);
    if (common !== undefined) return refused('', common);
    const done = await redactIncident(tx, { incidentId: incident.id, issue: comment.issue, text, by: author, now });
    const { records, places, actsOn, ledgerRows } = done;
    return {
      state: 'done',
      understood: `take a text of ${[...text].length} characters out`,
      answer: [told(done), '', ...left(done).map((line) => `  - ${line}`)].join('\n'),
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

function told({ places }: Redacted): string {
  if (places.length === 0) return 'it stands nowhere in what Yagura keeps of this incident. Where it may stand:';
  const list = places.map(({ what, rows }) => `${rows} ${what}`).join(', ');
  return `\`${redacted}\` stands for it now in: ${list}. Our own issue and comments are edited next. Where it still is:`;
}

/** Where Yagura cannot reach, and who can. */
function left({ actsOn, ledgerRows }: Redacted): string[] {
  return [
    '**your comment** with this command: delete it',
    '**what people wrote here** (comments, the title if somebody changed it, Notes): edit or delete it',
    '**edit history**: GitHub keeps what an issue or a comment read before; somebody with write access opens “edited” and deletes each revision. The branch `yagura/data` keeps its commits',
    '**mails and notifications** that went out',
    '**backups** of the database, until they are overwritten',
    ...(ledgerRows > 0 ? [`**the ledger**: ${ledgerRows} rows hold it, and nothing is ever changed there`] : []),
    ...(actsOn.length > 0 ? [`**${actsOn.join(', ')}** act on it: what was approved stays as it was approved`] : []),
    '**the model provider**, if a model saw this incident: by its terms of retention',
    '**the product** it came from: what it sends from now on is written again, unless `policies/privacy.md` masks it',
  ];
}
