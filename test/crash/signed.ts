import { createHmac, randomUUID } from 'node:crypto';
import type { AppProcess } from './app-process.ts';
import type { ForgeProcess, RemoteComment } from './forge-process.ts';

/** What a delivery about a comment says; anything may be replaced to forge another one. */
export interface CommentDelivery {
  action: string;
  comment: RemoteComment & { performed_via_github_app: null };
  issue: Record<string, unknown>;
  repository: { id: number } & Record<string, unknown>;
  installation: { id: number };
  sender: unknown;
}

/** The delivery GitHub would send for a comment that stands. */
export async function deliveryOf(forge: ForgeProcess, issue: number, comment: RemoteComment): Promise<CommentDelivery> {
  const soc = '/repos/acme/soc';
  return {
    action: 'created',
    comment: (await forge.as('mika', 'GET', `${soc}/issues/comments/${comment.id}`)) as CommentDelivery['comment'],
    issue: (await forge.as('mika', 'GET', `${soc}/issues/${issue}`)) as CommentDelivery['issue'],
    repository: (await forge.as('mika', 'GET', soc)) as CommentDelivery['repository'],
    installation: { id: forge.installationId },
    sender: comment.user,
  };
}

/** Sends a delivery with the right signature; resolves to the status of the answer. */
export async function deliver(
  app: AppProcess,
  forge: ForgeProcess,
  payload: unknown,
  guid = randomUUID(),
): Promise<number> {
  const body = JSON.stringify(payload);
  const response = await fetch(`${app.url}/api/github/webhooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'issue_comment',
      'x-github-delivery': guid,
      'x-hub-signature-256': `sha256=${createHmac('sha256', forge.webhookSecret).update(body).digest('hex')}`,
    },
    body,
  });
  await response.text();
  return response.status;
}
