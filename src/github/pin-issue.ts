import { z } from 'zod';
import { ForgeError } from '../ports/forge.ts';
import type { Target } from './target.ts';

/** What is answered to a document; what GraphQL refuses comes with status 200. */
const answerShape = z.looseObject({
  data: z.unknown(),
  errors: z.array(z.looseObject({ type: z.string().optional(), message: z.string() })).default([]),
});
const issueShape = z.looseObject({
  repository: z.looseObject({ issue: z.looseObject({ id: z.string(), isPinned: z.boolean().nullish() }) }),
});

const askForIssue = `query($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) { issue(number: $number) { id isPinned } }
}`;
const pin = 'mutation($id: ID!) { pinIssue(input: {issueId: $id}) { issue { id } } }';

/** Pins an issue; one that is pinned stays as it is. GitHub has this in GraphQL only. */
export async function pinIssue(to: Target, number: number): Promise<void> {
  const found = await asked(to, false, askForIssue, { ...to.params, number });
  const read = issueShape.safeParse(found);
  if (!read.success) throw new ForgeError('unavailable', 'GitHub answered GraphQL in a shape not understood.');
  const { issue } = read.data.repository;
  if (!issue.isPinned) await asked(to, true, pin, { id: issue.id });
}

async function asked(to: Target, write: boolean, query: string, variables: Record<string, unknown>): Promise<unknown> {
  const send = write ? to.client.write : to.client.read;
  const { data, errors } = await send(answerShape, (octokit, headers) => {
    // GitHub.com: /graphql; GitHub Enterprise Server: /api/graphql beside /api/v3. The token is asked for at the base.
    const url = `${octokit.request.endpoint.DEFAULTS.baseUrl.replace(/\/v3$/, '')}/graphql`;
    return octokit.request({ method: 'POST', url, query, variables, headers });
  });
  const [first] = errors;
  if (first) throw new ForgeError(byType[first.type ?? ''] ?? 'validation', `GitHub answered: ${first.message}`);
  return data;
}

const byType: Record<string, ForgeError['reason']> = {
  FORBIDDEN: 'forbidden',
  INSUFFICIENT_SCOPES: 'forbidden',
  NOT_FOUND: 'not-found',
  RATE_LIMITED: 'primary-limit',
};
