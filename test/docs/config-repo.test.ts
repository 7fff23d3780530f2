import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { knownPlugins } from '../../src/cli/known-plugins.ts';
import { type FileKind, fileKind } from '../../src/policy/file-kind.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';

const page = readFileSync(new URL('../../docs/config-repo.md', import.meta.url), 'utf8');

/** Each heading that is a path, with the block below it. */
const files = [...page.matchAll(/^## `([^`]+\.(?:md|yml))`$[\s\S]*?^```\w+\n([\s\S]*?)^```$/gm)].map(
  ([, path = '', text = '']) => ({
    path,
    content: Buffer.from(text),
  }),
);

it('the page on the config repository shows a file of every kind', () => {
  const kinds: Record<FileKind, true> = {
    settings: true,
    context: true,
    rota: true,
    severity: true,
    triage: true,
    response: true,
    budgets: true,
    notifications: true,
    privacy: true,
    playbook: true,
    vulnerabilities: true,
    knowledge: true,
    kev: true,
    yaml: true,
  };
  expect(new Set(files.map(({ path }) => fileKind(path)))).toEqual(new Set(Object.keys(kinds)));
});

it('its files are together a policy without a problem', async () => {
  const { policy, problems } = loadPolicy(
    files,
    { commit: 'c'.repeat(40), repository: 'acme/docs' },
    await knownPlugins(),
  );
  expect(problems).toEqual([]);
  expect(policy.responses).toHaveLength(1);
  expect(policy.playbooks).toHaveLength(1);
  expect(policy.context).toHaveLength(4);
});
