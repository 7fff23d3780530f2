import { everyLanguage } from '../../domain/locale.ts';
import { titleWords } from '../../messages/titles.ts';
import { actAlert } from './act.ts';
import type { WebhookKind } from './webhook.ts';

/** All branch protection of a repository was switched off or on. The payload has no shape of its own but its event. */
export const branchProtectionConfiguration: WebhookKind = {
  events: ['branch_protection_configuration'],
  is: ({ action, event }) =>
    event === 'branch_protection_configuration' && (action === 'disabled' || action === 'enabled'),
  step: () => undefined,
  read(webhook, receivedAt) {
    const off = webhook.action === 'disabled';
    return actAlert(webhook, {
      kind: 'misconfiguration',
      rule: `branch_protection_configuration.${webhook.action}`,
      title: everyLanguage((language) => titleWords(language).allProtection(webhook.repository.full_name, off)),
      severity: off ? 'high' : 'informational',
      time: receivedAt,
      object: 'branch-protection',
      quoted: [['protection', webhook.action]],
    });
  },
};
