import type { ParsedAlert } from '../domain/alert.ts';
import { clean } from '../domain/clean.ts';
import { cutText } from '../domain/cut.ts';
import type { RawRecord } from '../domain/record.ts';

/** The alert that stands for a record that could not be read; equal failures of a source are repeats of one. */
export function parseErrorAlert(raw: RawRecord, error: string): ParsedAlert {
  const message = cutText(error, 300);
  return clean({
    kind: 'misconfiguration',
    source: raw.source,
    product: 'Yagura',
    title: `Records from ${raw.source} cannot be read`,
    rule: 'parse-error',
    severity: 'medium',
    time: raw.receivedAt,
    entities: [],
    techniques: [],
    quoted: [
      { name: 'problem', value: message },
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
        title: `Records from ${raw.source} cannot be read`,
        desc: message,
      },
    },
  } satisfies ParsedAlert);
}
