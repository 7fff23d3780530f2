import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { knownPlugins } from '../../src/cli/known-plugins.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import { checkCommit } from '../../src/run/config-checks.ts';
import { checkOf, pullRequest } from '../emulate/pull-request.ts';
import { seedOrganization } from '../forge/second-organization.ts';
import { adapterInTest, config } from '../github/adapter-in-test.ts';
import { scratch } from '../scratch.ts';

it('the check of a pull request fails for each team that cannot be read, on its line, with the reason', async () => {
  const configFolder = scratch('config');
  writeFileSync(join(configFolder, 'yagura.md'), '---\norganization: Acme\n---\n');
  await using a = await adapterInTest({ configFolder });
  seedOrganization(a.t.forge.state, { login: 'acme-labs', repositories: {}, teams: { responders: ['ken'] } });
  const text = [
    '---',
    'rights:',
    '  analyst:',
    '    teams: [acme-labs/responders]',
    '  responder:',
    '    teams:',
    '      - acme/soc-responders',
    '      - acme/no-such-team',
    '      - nowhere/responders',
    '---',
    '',
  ];
  const ken = a.t.person('ken');
  const sha = await pullRequest(ken, 'policies/response.md', text.join('\n'));
  const policy = { current: () => safeDefaults('acme/soc-config'), banner: () => undefined };
  const log: string[] = [];
  const known = await knownPlugins();
  await checkCommit({ forge: a.github, repo: config, policy, known, log: (line) => log.push(line) }, sha);
  const check = await checkOf(ken, sha);
  expect(check?.conclusion).toBe('failure');
  const at = (line: number, message: string) =>
    expect.objectContaining({ path: 'policies/response.md', start_line: line, annotation_level: 'failure', message });
  expect(check?.annotations).toEqual([
    at(8, 'The team acme/no-such-team cannot be read: there is no such team, or the app may not see it.'),
    at(9, 'The team nowhere/responders cannot be read: the app is not installed in that organization.'),
  ]);
});
