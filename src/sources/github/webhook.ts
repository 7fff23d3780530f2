import { z } from 'zod';
import type { ParsedAlert } from '../../domain/alert.ts';
import { at, textAt, wholeAt } from '../fields/at.ts';

/** What every webhook read here has: `public` has no action, and only scanners' webhooks have an alert. */
export const webhookSchema = z.looseObject({
  action: z.string().default(''),
  alert: z.looseObject({}).optional(),
  repository: z.looseObject({
    full_name: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
    id: z.number().optional().catch(undefined),
  }),
});
export type Webhook = z.infer<typeof webhookSchema>;

/** One kind of webhook of GitHub that is an alert. */
export interface WebhookKind {
  /** GitHub's names of the event; more than one where GitHub says the same thing twice. */
  events: readonly [string, ...string[]];
  /** Told by shape, so that a stored record needs no header to be read again. */
  is(webhook: Webhook): boolean;
  /**
   * What names this one step beside event, repository and action: the same when it is delivered again, another for the
   * next step. Undefined when the payload does not say; then whoever stores it has to know.
   */
  step(webhook: Webhook): string | undefined;
  read(webhook: Webhook, receivedAt: Date): ParsedAlert;
}

/** The alert's number in its repository, which its scanner counts by itself. */
export function numberOf(webhook: Webhook): number | undefined {
  return wholeAt(webhook.alert, 'number');
}

/** `acme/shop-api`, lower case as GitHub compares it. */
export function repositoryOf(webhook: Webhook): string {
  return webhook.repository.full_name.toLowerCase();
}

/** What stays when the repository is renamed or transferred: its number, or its name where the payload has none. */
export function homeOf(webhook: Webhook): string {
  const { id } = webhook.repository;
  return id === undefined ? repositoryOf(webhook) : String(id);
}

/** The page of an object of the webhook, when it is one over https. */
export function linkOf(object: unknown): string | undefined {
  const url = textAt(object, 'html_url');
  return url?.startsWith('https://') && URL.canParse(url) ? url : undefined;
}

/** The repository as the OCSF resource it is. */
export function resourceOf(webhook: Webhook): { name: string; type: string; uid?: string } {
  const { id, full_name: name } = webhook.repository;
  return { name, type: 'repository', ...(id === undefined ? {} : { uid: String(id) }) };
}

/** The person or app that did it; undefined when GitHub itself did. */
export function senderOf(webhook: Webhook): string | undefined {
  return at(webhook, 'sender.type') === 'Organization' ? undefined : textAt(webhook, 'sender.login');
}
