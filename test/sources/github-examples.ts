import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { alertEventNames } from '../../src/github/alert-events.ts';

/** A payload as GitHub sends it, with the event's name in front as deliveries put it. */
export type Example = Record<string, unknown> & { event: string; action?: string };

interface Definition {
  name: string;
  examples: Record<string, unknown>[];
}

const require = createRequire(import.meta.url);
const editions = [
  ['GitHub.com', require.resolve('@octokit/webhooks-examples/api.github.com/index.json')],
  ['Server 3.1', require.resolve('@octokit/webhooks-examples/ghes-31/index.json')],
  ['Server 3.2', require.resolve('@octokit/webhooks-examples/ghes-32/index.json')],
  ['Server 3.3', require.resolve('@octokit/webhooks-examples/ghes-33/index.json')],
  ['Server 3.4', require.resolve('@octokit/webhooks-examples/ghes-34/index.json')],
  ['Server 3.5', require.resolve('@octokit/webhooks-examples/ghes-35/index.json')],
] as const;

/** Every example payload of GitHub's own that is an alert, of GitHub.com and of each edition of the server. */
export const githubExamples: [name: string, example: Example][] = editions.flatMap(([edition, file]) => {
  const definitions: Definition[] = JSON.parse(readFileSync(file, 'utf8'));
  return definitions.filter(({ name }) => isAlert(name)).flatMap((one) => examplesOf(edition, one));
});

function isAlert(name: string): boolean {
  return name === 'repository' || alertEventNames.some((event) => event === name);
}

function examplesOf(edition: string, { name, examples }: Definition): [string, Example][] {
  return examples
    .map((payload): Example => ({ event: name, ...payload }))
    .filter(({ event, action }) => event !== 'repository' || action === 'publicized')
    .map((example, n) => [`${edition}: ${name} ${example.action ?? ''} (${n + 1})`, example]);
}

/** A changed copy of GitHub's example of an event, for actions it has no example of. */
export function derived(event: string, change: (copy: Example & { alert: Record<string, unknown> }) => void): Example {
  const found = githubExamples.find(([, example]) => example.event === event);
  if (found === undefined) throw new Error(`GitHub has no example of ${event}.`);
  const copy = structuredClone(found[1]);
  const alert = (copy.alert ?? {}) as Record<string, unknown>;
  change(Object.assign(copy, { alert }));
  return copy;
}
