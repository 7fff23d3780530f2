import { z } from 'zod';
import type { ParsedAlert } from '../../domain/alert.ts';
import { at, textAt } from '../fields/at.ts';
import { readTime } from '../fields/read-time.ts';

/** What every alert webhook of GitHub has, whatever scanner made it. */
export const webhookSchema = z.looseObject({
  action: z.string().min(1),
  alert: z.looseObject({ number: z.number().int().nonnegative() }),
  repository: z.looseObject({
    full_name: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
    id: z.number().optional().catch(undefined),
  }),
});
export type Webhook = z.infer<typeof webhookSchema>;

type Lifecycle = NonNullable<ParsedAlert['lifecycle']>;

/** Actions that end an alert or open it again; all others make it or repeat it. */
const lifecycles: Record<string, Lifecycle> = {
  fixed: 'fixed',
  revoked: 'fixed',
  reopened: 'reopened',
  reopened_by_user: 'reopened',
  auto_reopened: 'reopened',
  reintroduced: 'reopened',
  dismissed: 'dismissed',
  auto_dismissed: 'dismissed',
  closed_by_user: 'dismissed',
};

/** What became of the alert; a resolved secret is fixed only when it was revoked. */
export function lifecycleOf(webhook: Webhook): Lifecycle | undefined {
  if (webhook.action === 'resolved') return textAt(webhook.alert, 'resolution') === 'revoked' ? 'fixed' : 'dismissed';
  return Object.hasOwn(lifecycles, webhook.action) ? lifecycles[webhook.action] : undefined;
}

/** When this step of the alert's life happened. */
export function timeOf(webhook: Webhook, receivedAt: Date): Date {
  const names = webhook.action === 'created' ? ['created_at', 'updated_at'] : ['updated_at', 'created_at'];
  return names.map((name) => readTime(at(webhook.alert, name))).find((time) => time !== undefined) ?? receivedAt;
}

/** `acme/shop-api`, lower case as GitHub compares it. */
export function repositoryOf(webhook: Webhook): string {
  return webhook.repository.full_name.toLowerCase();
}

/** The alert's page, when it is one over https. */
export function linkOf(webhook: Webhook): string | undefined {
  const url = textAt(webhook.alert, 'html_url');
  return url?.startsWith('https://') && URL.canParse(url) ? url : undefined;
}

/** The repository as the OCSF resource it is. */
export function resourceOf(webhook: Webhook): { name: string; type: string; uid?: string } {
  const { id, full_name: name } = webhook.repository;
  return { name, type: 'repository', ...(id === undefined ? {} : { uid: String(id) }) };
}
