import { canonicalJson, sha256 } from '../../domain/canonical.ts';
import { textAt } from '../fields/at.ts';
import { isSecret, readSecret } from './secret-scanning.ts';
import { numberOf, type WebhookKind } from './webhook.ts';

/** A line of a file, or the part of an issue, discussion or pull request; the text around the secret is not read. */
function placeOf(location: unknown): string | undefined {
  const type = textAt(location, 'type') ?? '';
  const path = textAt(location, 'details.path');
  if (path === undefined) return partOf(type, textAt(location, `details.${type}_url`));
  const line = textAt(location, 'details.start_line');
  const commit = textAt(location, 'details.commit_sha')?.slice(0, 12);
  const where = `${path}${line === undefined ? '' : `:${line}`}`;
  const wiki = type === 'wiki_commit' ? 'wiki ' : '';
  return commit === undefined ? `${wiki}${where}` : `${wiki}${where} in commit ${commit}`;
}

/** `issue comment issues/comments/5`: of the address only what follows the repository. */
function partOf(type: string, url: string | undefined): string | undefined {
  const path = url === undefined ? undefined : URL.parse(url)?.pathname.replace(/^\/(?:repos\/)?[^/]+\/[^/]+\//, '');
  return [type.replaceAll('_', ' '), path].filter(Boolean).join(' ') || undefined;
}

/** A further place where a secret that is known to have leaked was found: the same alert again. */
export const secretLocation: WebhookKind = {
  events: ['secret_scanning_alert_location'],
  is: (webhook) => isSecret(webhook) && typeof webhook.location === 'object' && webhook.location !== null,
  step: (webhook) => `${numberOf(webhook)}:${sha256(canonicalJson(webhook.location))}`,
  read: (webhook, receivedAt) => readSecret(webhook, receivedAt, placeOf(webhook.location)),
};
