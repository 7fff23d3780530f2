import type { ParsedAlert } from '../domain/alert.ts';
import { unreadableWords } from '../messages/unreadable.ts';
import { branchProtectionConfiguration } from './github/branch-protection-configuration.ts';
import { branchProtectionRule } from './github/branch-protection-rule.ts';
import { codeScanning } from './github/code-scanning.ts';
import { dependabot } from './github/dependabot.ts';
import { deployKey } from './github/deploy-key.ts';
import { member } from './github/member.ts';
import { publicized } from './github/publicized.ts';
import { repositoryAdvisory } from './github/repository-advisory.ts';
import { repositoryRuleset } from './github/repository-ruleset.ts';
import { repositoryVulnerability } from './github/repository-vulnerability.ts';
import { secretLocation } from './github/secret-location.ts';
import { secretScanning } from './github/secret-scanning.ts';
import { securityAdvisory } from './github/security-advisory.ts';
import { repositoryOf, type Webhook, type WebhookKind, webhookSchema } from './github/webhook.ts';
import type { AlertSource } from './source.ts';

const kinds: readonly WebhookKind[] = [
  secretScanning,
  secretLocation,
  dependabot,
  repositoryVulnerability,
  codeScanning,
  repositoryAdvisory,
  securityAdvisory,
  repositoryRuleset,
  branchProtectionRule,
  branchProtectionConfiguration,
  deployKey,
  member,
  publicized,
];

/** By the name that deliveries put in front of the payload, where there is one, and by its shape. */
function recognised(record: unknown): { webhook: Webhook; kind: WebhookKind } | undefined {
  const read = webhookSchema.safeParse(record);
  if (!read.success) return undefined;
  const { event } = read.data;
  const kind = kinds.find(
    (one) => (event === undefined || one.events.some((name) => name === event)) && one.is(read.data),
  );
  return kind === undefined ? undefined : { webhook: read.data, kind };
}

/** A repository stands below its organization or person, whatever else the payload says. */
function scopeOf(webhook: Webhook): NonNullable<ParsedAlert['scope']> {
  const repository = repositoryOf(webhook);
  const { id } = webhook.repository;
  const organization = repository.slice(0, repository.indexOf('/'));
  return { repository, organization, ...(id !== undefined && { repositoryId: id }) };
}

/** The bodies of GitHub's webhooks that are alerts: what its scanners found, and what weakens a repository. */
export const github: AlertSource = {
  name: 'github',
  product: { vendor: 'GitHub', name: 'GitHub' },

  eventId(record) {
    const known = recognised(record);
    const step = known?.kind.step(known.webhook);
    if (known === undefined || step === undefined) return undefined;
    const { kind, webhook } = known;
    const repository = webhook.repository.id ?? webhook.repository.full_name;
    // `public` has no action, and is the same as `repository` with one.
    const action = kind.events.length > 1 ? '' : webhook.action;
    return [kind.events[0], repository, action, step].join(':');
  },

  recognise(record) {
    return recognised(record) !== undefined;
  },

  parse(record, { receivedAt }) {
    const known = recognised(record);
    if (known === undefined) return { error: unreadableWords.table.github };
    return [{ ...known.kind.read(known.webhook, receivedAt), scope: scopeOf(known.webhook) }];
  },
};
