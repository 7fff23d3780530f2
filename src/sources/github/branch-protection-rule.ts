import { canonicalJson, sha256 } from '../../domain/canonical.ts';
import { everyLanguage } from '../../domain/locale.ts';
import type { Severity } from '../../domain/severity.ts';
import { titleWords } from '../../messages/titles.ts';
import { inOurWords } from '../../normalize/in-our-words.ts';
import { at, textAt } from '../fields/at.ts';
import { readTime } from '../fields/read-time.ts';
import { actAlert } from './act.ts';
import { weakerBy } from './weaker-rule.ts';
import type { Webhook, WebhookKind } from './webhook.ts';

interface Judged {
  severity: Severity;
  change: 'added' | 'deleted' | 'weakened' | 'edited' | 'harmless';
}

/** What the step did to the protection. Without `changes` an edit says nothing, which is not the same as harmless. */
function judge(webhook: Webhook, branch: string): Judged {
  const { action, rule, changes } = webhook;
  if (action === 'created') return { severity: 'informational', change: 'added' };
  if (action === 'deleted') {
    const main = branch === textAt(webhook, 'repository.default_branch');
    return { severity: main ? 'high' : 'medium', change: 'deleted' };
  }
  if (typeof changes !== 'object' || changes === null || Object.keys(changes).length === 0)
    return { severity: 'low', change: 'edited' };
  return weakerBy(rule, changes, 'en').length > 0
    ? { severity: 'medium', change: 'weakened' }
    : { severity: 'informational', change: 'harmless' };
}

/** When it happened; a deleted rule has only the time of its last edit. */
function timeOf({ action, rule }: Webhook): Date | undefined {
  return action === 'deleted' ? undefined : readTime(at(rule, action === 'created' ? 'created_at' : 'updated_at'));
}

/** The rule that protects branches of a name was made, edited or deleted; what makes it weaker is a misconfiguration. */
export const branchProtectionRule: WebhookKind = {
  events: ['branch_protection_rule'],
  is: ({ action, alert, rule }) =>
    alert === undefined &&
    ['created', 'edited', 'deleted'].includes(action) &&
    textAt(rule, 'name') !== undefined &&
    at(rule, 'pull_request_reviews_enforcement_level') !== undefined,
  // Two edits within a second differ in what they changed.
  step(webhook) {
    const rule = textAt(webhook.rule, 'id');
    if (rule === undefined) return undefined;
    if (webhook.action !== 'edited') return rule;
    const changes = sha256(canonicalJson(webhook.changes ?? null));
    return [rule, textAt(webhook.rule, 'updated_at') ?? '', changes].join(':');
  },
  read(webhook, receivedAt) {
    const { rule, changes } = webhook;
    const branch = textAt(rule, 'name') ?? '';
    const { severity, change } = judge(webhook, branch);
    return actAlert(webhook, {
      kind: 'misconfiguration',
      rule: `branch_protection_rule.${webhook.action}`,
      title: everyLanguage((language) => titleWords(language).protection(branch, webhook.repository.full_name, change)),
      severity,
      time: timeOf(webhook) ?? receivedAt,
      object: `branch-protection:${branch}`,
      quoted: [
        ['branches', branch],
        inOurWords('weaker', (language) => (change === 'weakened' ? weakerBy(rule, changes, language).join('; ') : '')),
        ['changed', changedOf(webhook)],
      ],
    });
  },
};

function changedOf({ changes }: Webhook): string | undefined {
  return typeof changes === 'object' && changes !== null ? Object.keys(changes).slice(0, 30).join(', ') : undefined;
}
