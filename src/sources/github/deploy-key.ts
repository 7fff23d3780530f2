import { everyLanguage } from '../../domain/locale.ts';
import type { Severity } from '../../domain/severity.ts';
import { quotedWords } from '../../messages/quoted.ts';
import { titleWords } from '../../messages/titles.ts';
import { inOurWords } from '../../normalize/in-our-words.ts';
import { at, textAt } from '../fields/at.ts';
import { readTime } from '../fields/read-time.ts';
import { actAlert } from './act.ts';
import type { Webhook, WebhookKind } from './webhook.ts';

function severityOf({ action, key }: Webhook): Severity {
  if (action === 'deleted') return 'informational';
  return at(key, 'read_only') === true ? 'low' : 'medium';
}

/** An SSH key that reaches a repository with no person behind it was added or removed; it outlives who added it. */
export const deployKey: WebhookKind = {
  events: ['deploy_key'],
  is: ({ action, key }) =>
    (action === 'created' || action === 'deleted') &&
    textAt(key, 'id') !== undefined &&
    typeof at(key, 'read_only') === 'boolean',
  step: ({ key }) => textAt(key, 'id'),
  read(webhook, receivedAt) {
    const { action, key } = webhook;
    const added = action === 'created';
    const writes = at(key, 'read_only') !== true;
    const { full_name: repository } = webhook.repository;
    return actAlert(webhook, {
      kind: 'threat',
      rule: `deploy_key.${action}`,
      title: everyLanguage((language) => {
        const words = titleWords(language);
        return added ? words.deployKeyAdded(repository, writes) : words.deployKeyRemoved(repository);
      }),
      severity: severityOf(webhook),
      time: (added ? readTime(at(key, 'created_at')) : undefined) ?? receivedAt,
      object: `deploy-key:${textAt(key, 'id')}`,
      quoted: [
        ['key', textAt(key, 'title')],
        inOurWords('access', (language) => quotedWords(language)[writes ? 'writes' : 'reads']),
      ],
      entities: [['user', textAt(key, 'added_by'), 'added the key']],
    });
  },
};
