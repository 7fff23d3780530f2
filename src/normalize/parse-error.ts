import type { ParsedAlert } from '../domain/alert.ts';
import { clean } from '../domain/clean.ts';
import { cutText } from '../domain/cut.ts';
import { type EveryLanguage, everyLanguage } from '../domain/locale.ts';
import type { RawRecord } from '../domain/record.ts';
import { titleWords } from '../messages/titles.ts';

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
    rule: 'parse-error',
    severity: 'medium',
    time: raw.receivedAt,
    entities: [],
    techniques: [],
    quoted: [
      { name: 'problem', value: problem.en, values: problem },
      { name: 'record begins', value: cutText(raw.content.subarray(0, 800).toString('utf8'), 200) },
    ],
    fingerprint: [],
    subject: [`unreadable:${raw.source}`],
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
