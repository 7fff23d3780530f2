import { z } from 'zod';
import { demand, READ, visibleRepository } from '../access.ts';
import { findIssue, repositoryById } from '../lookups.ts';
import { nodeId } from '../node-id.ts';
import { pinIssue } from '../operations/pin-issue.ts';
import { notFound, Refusal } from '../refusal.ts';
import { readBody } from './read-body.ts';
import { type RestApp, type RestContext, reply } from './rest-app.ts';

const Document = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });
const IssueVariables = z.object({ owner: z.string(), repo: z.string(), number: z.number() });
const PinVariables = z.object({ id: z.string() });

interface Field {
  /** The one document with it that is understood. */
  document: string;
  answer(c: RestContext, variables: unknown): unknown;
}

const mutation = (name: string) => `mutation($id: ID!) { ${name}(input: {issueId: $id}) { issue { id } } }`;

/** What this forge knows of GraphQL, by field: pinning, which GitHub has nowhere else. */
const fields: Record<string, Field> = {
  repository: {
    document:
      'query($owner: String!, $repo: String!, $number: Int!) { repository(owner: $owner, name: $repo) { issue(number: $number) { id isPinned } } }',
    answer: askForIssue,
  },
  pinIssue: { document: mutation('pinIssue'), answer: (c, variables) => pin(c, variables, true) },
  unpinIssue: { document: mutation('unpinIssue'), answer: (c, variables) => pin(c, variables, false) },
};

/** `POST /graphql`. Errors come with status 200, as GitHub sends them. */
export function addGraphqlRoute(rest: RestApp): void {
  rest.post('/graphql', async (c) => {
    const { query, variables } = await readBody(c, Document);
    const text = query.replace(/\s+/g, ' ').trim();
    const [name, field] = Object.entries(fields).find(([, { document }]) => document === text) ?? [];
    if (name === undefined || !field)
      return reply({
        errors: [{ message: 'The forge understands no document but the three of its graphql-route.ts.' }],
      });
    try {
      return reply({ data: { [name]: c.get('forge').store.transact(() => field.answer(c, variables)) } });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const type = { 403: 'FORBIDDEN', 404: 'NOT_FOUND' }[error.status] ?? 'UNPROCESSABLE';
      const place = { path: [name], locations: [{ line: 1, column: text.indexOf(name) + 1 }] };
      return reply({ data: { [name]: null }, errors: [{ type, ...place, message: error.message }] });
    }
  });
}

function askForIssue(c: RestContext, variables: unknown): unknown {
  const { owner, repo: name, number } = IssueVariables.parse(variables);
  const forge = c.get('forge');
  const repo = visibleRepository(forge, c.get('actor'), owner, name);
  demand(forge, c.get('actor'), repo, READ('issues'));
  const issue = findIssue(forge, repo, number);
  return { issue: { id: nodeId('I', issue.id), isPinned: issue.pinnedAt !== undefined } };
}

function pin(c: RestContext, variables: unknown, on: boolean): unknown {
  const { id } = PinVariables.parse(variables);
  const forge = c.get('forge');
  const issue = forge.store.all('issue').find((one) => !one.pull && nodeId('I', one.id) === id);
  if (!issue) throw notFound();
  pinIssue(forge, c.get('actor'), repositoryById(forge, issue.repoId), issue, on);
  return { issue: { id } };
}
