import { everyLanguage, type Language } from '../../domain/locale.ts';
import type { Severity } from '../../domain/severity.ts';
import { titleWords } from '../../messages/titles.ts';
import { textAt } from '../fields/at.ts';
import { actAlert } from './act.ts';
import type { Webhook, WebhookKind } from './webhook.ts';

/** Weakest first. GitHub's older `permission` knows three of them, and a custom role is none of them. */
const roles = ['read', 'triage', 'write', 'maintain', 'admin'];

function roleOf(webhook: Webhook): string | undefined {
  return textAt(webhook, 'changes.role_name.to') ?? textAt(webhook, 'changes.permission.to');
}

function formerOf(webhook: Webhook): string | undefined {
  return textAt(webhook, 'changes.permission.from') ?? textAt(webhook, 'changes.old_permission.from');
}

/** The right given decides; a right taken away, or one that only reads, is for the record. */
function severityOf(webhook: Webhook): Severity {
  const role = roleOf(webhook);
  if (webhook.action === 'removed') return 'informational';
  if (role === undefined) return 'low';
  const former = formerOf(webhook);
  if (former !== undefined && roles.includes(role) && roles.indexOf(role) <= roles.indexOf(former))
    return 'informational';
  if (role === 'admin') return 'medium';
  return role === 'read' || role === 'triage' ? 'informational' : 'low';
}

function titleOf(webhook: Webhook, language: Language): string {
  const who = textAt(webhook.member, 'login') ?? '';
  const where = webhook.repository.full_name;
  const words = titleWords(language);
  if (webhook.action === 'removed') return words.memberRemoved(who, where);
  return (webhook.action === 'edited' ? words.memberChanged : words.memberAdded)(who, roleOf(webhook), where);
}

/** A person outside the teams was given access to a repository, or it was changed or taken away. */
export const member: WebhookKind = {
  events: ['member'],
  is: ({ action, member: who }) =>
    ['added', 'edited', 'removed'].includes(action) && textAt(who, 'login') !== undefined,
  // The payload has no time: added, removed and added again looks the same the second time.
  step: () => undefined,
  read(webhook, receivedAt) {
    const login = textAt(webhook.member, 'login') ?? '';
    return actAlert(webhook, {
      kind: 'threat',
      rule: `member.${webhook.action}`,
      title: everyLanguage((language) => titleOf(webhook, language)),
      severity: severityOf(webhook),
      time: receivedAt,
      object: `member:${login.toLowerCase()}`,
      quoted: [
        ['person', login],
        ['access', roleOf(webhook)],
        ['access before', formerOf(webhook)],
      ],
      entities: [['user', login, 'member']],
    });
  },
};
