import { z } from 'zod';
import type { AlertEntity } from '../domain/entity.ts';
import { everyLanguage } from '../domain/locale.ts';
import { titleWords } from '../messages/titles.ts';
import { unreadableWords } from '../messages/unreadable.ts';
import { canonicalEntity } from '../normalize/canonical-entity.ts';
import { entityList } from '../normalize/entity-list.ts';
import { finding } from '../normalize/finding.ts';
import { textObservables } from '../normalize/text-observables.ts';
import { at } from './fields/at.ts';
import { readTime } from './fields/read-time.ts';
import { formAnswers } from './report/form-answers.ts';
import type { AlertSource } from './source.ts';

const issueSchema = z.looseObject({
  number: z.number().int().positive(),
  /** Where it stands when that is not the default issue repository. */
  room: z.string().optional().catch(undefined),
  title: z.string().catch(''),
  body: z.string().nullish().catch(undefined),
  html_url: z.string().optional().catch(undefined),
  created_at: z.unknown().optional(),
  user: z.looseObject({ login: z.string() }).nullish().catch(undefined),
});
type Issue = z.infer<typeof issueSchema>;

/** The issue itself, or the one in a webhook's body. */
function issueOf(record: unknown): Issue | undefined {
  const issue = issueSchema.safeParse(at(record, 'issue') ?? record);
  return issue.success ? issue.data : undefined;
}

/** A single word under "Where?" that reads as a host's name is taken as one, with the low trust of text. */
function placeOf(where: string | undefined): AlertEntity[] {
  const value = where === undefined || /\s/.test(where) ? undefined : canonicalEntity('host', where);
  if (value === undefined || canonicalEntity('ip', value) !== undefined) return [];
  return [{ type: 'host', value, role: 'where', from: 'text' }];
}

/** What a person wrote into the form "Report something suspicious", or any issue taken over as an alert. */
export const report: AlertSource = {
  name: 'report',
  product: { vendor: 'GitHub', name: 'Report by a person' },

  eventId(record) {
    const issue = issueOf(record);
    if (issue === undefined) return undefined;
    return issue.room === undefined ? `issue:${issue.number}` : `issue:${issue.room}#${issue.number}`;
  },

  recognise(record) {
    const issue = issueOf(record);
    return issue !== undefined && formAnswers(issue.body ?? '').has('what did you see');
  },

  parse(record, { receivedAt }) {
    const issue = issueOf(record);
    if (issue === undefined) return { error: unreadableWords.table.report };
    const answers = formAnswers(issue.body ?? '');
    const what = answers.get('what did you see') ?? [...answers.values()][0];
    const where = answers.get('where');
    const title = issue.title.replace(/^(?:report|報告)[:：] */i, '').trim() || what?.split('\n')[0] || '';
    const link = issue.html_url?.startsWith('https://') ? issue.html_url : undefined;
    return [
      finding({
        kind: 'threat',
        source: 'report',
        vendor: 'GitHub',
        product: 'Report by a person',
        uid: `report/${issue.number}`,
        title: title || everyLanguage((language) => titleWords(language).report(issue.number)),
        description: what,
        rule: 'person-report',
        // The form does not ask for one: a person took the trouble, and nothing has been checked.
        severity: 'medium',
        time: readTime(answers.get('when')) ?? readTime(issue.created_at) ?? receivedAt,
        entities: entityList([], [...placeOf(where), ...textObservables([title, ...answers.values()].join('\n'))]),
        quoted: [
          ['what', what],
          ['where', where],
          ['when', answers.get('when')],
          ['reported by', issue.user?.login],
        ],
        fingerprint: [`issue:${issue.number}`],
        link,
        class: 2004,
        attributes: { is_alert: true, confidence_id: 1, confidence: 'Low' },
      }),
    ];
  },
};
