import type { ParsedAlert } from '../domain/alert.ts';
import { clean } from '../domain/clean.ts';
import { cutText } from '../domain/cut.ts';
import { type EveryLanguage, everyLanguage } from '../domain/locale.ts';
import type { RawRecord } from '../domain/record.ts';
import { titleWords } from '../messages/titles.ts';

const rule = 'parse-error';

/**
 * The same alert where nothing of the record may be told, since nobody knows whom it is about: its number is. What went
 * wrong may quote it, too. Any other alert comes back as it was.
 */
export function withoutItsText(alert: ParsedAlert, raw: Pick<RawRecord, 'id'>): ParsedAlert {
  if (alert.rule !== rule || alert.subject?.[0] !== subjectOf(alert.source)) return alert;
  const { finding_info, ...ocsf } = alert.ocsf;
  return {
    ...alert,
    quoted: [{ name: 'record', value: raw.id }],
    ocsf: { ...ocsf, finding_info: { uid: `${rule}-${alert.source}`, title: alert.title } },
  };
}

function subjectOf(source: string): string {
  return `unreadable:${source}`;
}

/** The alert that stands for a record that could not be read; equal failures of a source are repeats of one. */
export function parseErrorAlert(raw: RawRecord, error: EveryLanguage): ParsedAlert {
  const problem = everyLanguage((language) => cutText(error[language], 300));
  const titles = everyLanguage((language) => titleWords(language).unreadable(raw.source));
  return clean({
    kind: 'misconfiguration',
    source: raw.source,
    product: 'Yagura',
    title: titles.en,
    titles,
    rule,
    severity: 'medium',
    time: raw.receivedAt,
    entities: [],
    techniques: [],
    quoted: [
      { name: 'problem', value: problem.en, values: problem },
      { name: 'record begins', value: cutText(raw.content.subarray(0, 800).toString('utf8'), 200) },
    ],
    fingerprint: [],
    subject: [subjectOf(raw.source)],
    ocsf: {
      class_uid: 2004,
      category_uid: 2,
      activity_id: 1,
      type_uid: 200401,
      severity_id: 3,
      time: raw.receivedAt.getTime(),
      metadata: { version: '1.8.0', product: { name: 'Yagura', vendor_name: 'Yagura' } },
      finding_info: {
        uid: `parse-error-${raw.source}`,
        title: titles.en,
        desc: problem.en,
      },
    },
  } satisfies ParsedAlert);
}
