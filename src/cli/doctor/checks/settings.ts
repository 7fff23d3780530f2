import { sentenceOf, YaguraError } from '../../../domain/error.ts';
import { defineCheck, type Finding } from '../check.ts';

export const settings = defineCheck({
  name: 'settings',
  part: 'settings',
  looksAt: 'Whether the environment can be read, and whether it means GitHub or the demo.',
  outcomes: {
    unreadable: {
      state: 'fault',
      when: 'a variable is missing or holds what it may not',
      fix: 'Correct the variable it names; the README has a table of all of them under "Settings".',
    },
  },
  run: async (scene): Promise<Finding<'unreadable'>[]> => {
    try {
      const { github } = scene.settings();
      if (!github) return [{ ok: 'this is the demo: no account, the forge is embedded' }];
      const { repo, apiUrl } = github;
      return [{ ok: `issues go to ${repo.owner}/${repo.name} at ${new URL(apiUrl).host}` }];
    } catch (error) {
      const cause = error instanceof YaguraError ? error.cause : undefined;
      return [{ outcome: 'unreadable', says: sentenceOf(cause ?? error) }];
    }
  },
});
