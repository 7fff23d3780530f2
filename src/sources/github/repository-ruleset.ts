import { canonicalJson, sha256 } from '../../domain/canonical.ts';
import { everyLanguage, type Language } from '../../domain/locale.ts';
import type { Severity } from '../../domain/severity.ts';
import { titleWords } from '../../messages/titles.ts';
import { inOurWords } from '../../normalize/in-our-words.ts';
import { at, textAt } from '../fields/at.ts';
import { readTime } from '../fields/read-time.ts';
import { actAlert } from './act.ts';
import { coversDefault, editOf } from './weaker-ruleset.ts';
import type { Webhook, WebhookKind } from './webhook.ts';

interface Judged {
  severity: Severity;
  change: 'added' | 'deleted' | 'weakened' | 'edited' | 'harmless';
}

/** What the step did to the protection. */
function judge(webhook: Webhook): Judged {
  const { action, repository_ruleset: ruleset, changes } = webhook;
  const main = coversDefault(ruleset, textAt(webhook, 'repository.default_branch'));
  if (action === 'created') return { severity: 'informational', change: 'added' };
  if (action === 'deleted') {
    const held = textAt(ruleset, 'enforcement') === 'active';
    return { severity: held ? (main ? 'high' : 'medium') : 'informational', change: 'deleted' };
  }
  const edit = editOf(ruleset, changes, 'en');
  if (edit.weaker.length > 0) {
    return { severity: edit.off && main ? 'high' : 'medium', change: 'weakened' };
  }
  const told = typeof changes === 'object' && changes !== null && Object.keys(changes).length > 0;
  if (!told || edit.unclear.length > 0) return { severity: 'low', change: 'edited' };
  return { severity: 'informational', change: 'harmless' };
}

/** When it happened; a deleted ruleset has only the time of its last edit. */
function timeOf({ action, repository_ruleset: ruleset }: Webhook): Date | undefined {
  return action === 'deleted' ? undefined : readTime(at(ruleset, action === 'created' ? 'created_at' : 'updated_at'));
}

/** A ruleset, the newer form of branch protection, was made, edited or deleted, in a repository or its organization. */
export const repositoryRuleset: WebhookKind = {
  events: ['repository_ruleset'],
  is: ({ action, repository_ruleset: ruleset }) =>
    ['created', 'edited', 'deleted'].includes(action) &&
    textAt(ruleset, 'id') !== undefined &&
    textAt(ruleset, 'enforcement') !== undefined,
  // Two edits within a second differ in what they changed.
  step({ action, repository_ruleset: ruleset, changes }) {
    const id = textAt(ruleset, 'id');
    if (id === undefined || action !== 'edited') return id;
    return [id, textAt(ruleset, 'updated_at') ?? '', sha256(canonicalJson(changes ?? null))].join(':');
  },
  read(webhook, receivedAt) {
    const { action, repository_ruleset: ruleset, changes } = webhook;
    const name = textAt(ruleset, 'name') ?? textAt(ruleset, 'id') ?? '';
    const told = (language: Language) =>
      action === 'edited' ? editOf(ruleset, changes, language) : { weaker: [], unclear: [] };
    const { severity, change } = judge(webhook);
    return actAlert(webhook, {
      kind: 'misconfiguration',
      rule: `repository_ruleset.${webhook.action}`,
      title: everyLanguage((language) => titleWords(language).ruleset(name, webhook.repository.full_name, change)),
      severity,
      time: timeOf(webhook) ?? receivedAt,
      object: `ruleset:${textAt(ruleset, 'id')}`,
      quoted: [
        ['ruleset', name],
        inOurWords('weaker', (language) => told(language).weaker.join('; ')),
        inOurWords('changed', (language) => told(language).unclear.join('; ')),
        ['enforcement', textAt(ruleset, 'enforcement')],
      ],
    });
  },
};
