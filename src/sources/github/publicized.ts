import { everyLanguage } from '../../domain/locale.ts';
import { quotedWords } from '../../messages/quoted.ts';
import { titleWords } from '../../messages/titles.ts';
import { inOurWords } from '../../normalize/in-our-words.ts';
import { at, textAt } from '../fields/at.ts';
import { readTime } from '../fields/read-time.ts';
import { actAlert } from './act.ts';
import type { WebhookKind } from './webhook.ts';

/**
 * A private repository became public. GitHub tells it twice, as `repository` and as `public`, which has no action; both
 * are one record.
 */
export const publicized: WebhookKind = {
  events: ['repository', 'public'],
  is: ({ action, event, alert }) =>
    alert === undefined && (action === 'publicized' || (event === 'public' && action === '')),
  step: ({ repository }) => textAt(repository, 'updated_at'),
  read(webhook, receivedAt) {
    const { repository } = webhook;
    return actAlert(webhook, {
      kind: 'misconfiguration',
      rule: 'repository.publicized',
      title: everyLanguage((language) => titleWords(language).publicized(repository.full_name)),
      severity: 'high',
      time: readTime(at(repository, 'updated_at')) ?? receivedAt,
      object: 'visibility',
      quoted: [inOurWords('visibility', (language) => quotedWords(language).everybody)],
    });
  },
};
