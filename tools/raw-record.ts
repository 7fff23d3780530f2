import { z } from 'zod';
import { titleIn } from '../src/domain/alert-title.ts';
import { sha256 } from '../src/domain/canonical.ts';
import { cutText } from '../src/domain/cut.ts';
import { maskSecrets } from '../src/domain/secrets.ts';
import type { Tool } from '../src/investigate/tool.ts';
import { toolWords } from '../src/messages/tools.ts';
import type { KeptRecord } from '../src/ports/facts.ts';

const args = z.strictObject({ alert: z.string() });

/** Characters of a record kept as evidence; the record itself stays whole in the store. */
const textLimit = 8_000;

/** The record as the product sent it. */
export const rawRecord: Tool<z.infer<typeof args>> = {
  name: 'raw-record',
  summary: 'The record of an alert as its product sent it.',
  risk: 'own',
  each: 'alert',
  args,
  async run({ alert }, { facts, incident, alerts, language }) {
    const words = toolWords(language);
    const record = await facts.rawRecord(incident.id, alert);
    const of = alerts.find((a) => a.id === alert);
    const title = of ? titleIn(of, language) : '';
    if (!record)
      return {
        outcome: 'could-not-look',
        summary: words.recordGone(title),
        result: null,
        trust: 'own',
      };
    return {
      outcome: 'found',
      summary: words.recordKept(
        title,
        record.content.length,
        record.source,
        record.hash.slice(0, 12),
        stateOf(record, words),
      ),
      result: {
        id: record.id,
        source: record.source,
        receivedAt: record.receivedAt.toISOString(),
        sha256: record.hash,
        text: textOf(record.content),
      },
      trust: 'untrusted',
    };
  },
};

/** What is to be known of a record that is not as it was stored first; nothing when it is. */
function stateOf({ content, hash, redactedBy, redactedAt }: KeptRecord, words: ReturnType<typeof toolWords>): string {
  if (sha256(content) !== hash) return words.recordChanged;
  return redactedAt ? words.recordRedacted(redactedBy ?? '', redactedAt.toISOString()) : '';
}

/** The beginning of a record as text, secrets masked; somewhat more is looked at, so that one at the cut is seen whole. */
function textOf(content: Buffer): string {
  const text = content.subarray(0, textLimit * 4).toString('utf8');
  return cutText(maskSecrets(text.replaceAll('\0', '\uFFFD')), textLimit).toWellFormed();
}
