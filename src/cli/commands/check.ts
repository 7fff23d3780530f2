import { resolve } from 'node:path';
import { sentenceOf } from '../../domain/error.ts';
import type { Policy, PolicyProblem } from '../../domain/policy.ts';
import { createForge } from '../../github/forge.ts';
import { readGithubSettings } from '../../github/github-settings.ts';
import { problemLine } from '../../policy/check.ts';
import { loadPolicy } from '../../policy/load-policy.ts';
import { unreadableTeams } from '../../policy/unreadable-teams.ts';
import type { CliCommand, CliIo } from '../command.ts';
import { knownPlugins } from '../known-plugins.ts';
import { readPolicyFolder } from '../policy-folder.ts';

/** `yagura check DIR`: what the check run of a pull request would say, without any forge. */
export const command: CliCommand = {
  name: 'check',
  summary: 'check a config repository',
  usage: [
    'yagura check DIR',
    '',
    'Reads the config repository in DIR as the check of a pull request does.',
    'Prints one line a problem, path:line: what is wrong and what is allowed. Lines that begin with warning: are',
    'advice on detections, and no problem.',
    'With the settings of the app (APP_ID and its key) every team that policy names is asked for on GitHub, too.',
    'Exit code 0 without problems, 1 with some, 2 when DIR cannot be read or holds no policy.',
  ].join('\n'),
  async run(args, io) {
    const [dir, ...rest] = args;
    if (dir === undefined || rest.length > 0) {
      io.stderr.write('yagura check: name one folder, such as: yagura check .\n');
      return 2;
    }
    const files = readPolicyFolder(resolve(io.cwd, dir));
    if (files.length === 0) {
      io.stderr.write(`yagura check: ${dir} holds no policy; yagura init ${dir} writes one to begin with\n`);
      return 2;
    }
    const known = await knownPlugins();
    const { policy, problems, warnings } = loadPolicy(files, { commit: 'working-copy', repository: dir }, known);
    const teams = await askForTeams(policy, io);
    if ('notLooked' in teams) io.stdout.write(`not looked at: ${teams.notLooked}\n`);
    else problems.push(...teams.problems);
    for (const warning of warnings) io.stdout.write(`warning: ${problemLine(warning)}\n`);
    for (const problem of problems) io.stdout.write(`${problemLine(problem)}\n`);
    if (problems.length === 0) io.stdout.write(`${summaryOf(policy, files.length)}\n`);
    return problems.length === 0 ? 0 : 1;
  },
};

/** Milliseconds one request may take. */
const requestTimeoutMs = 5_000;

/** What is wrong with the teams policy names; or why that could not be seen, in a sentence. */
async function askForTeams(
  { teams }: Policy,
  io: CliIo,
): Promise<{ problems: PolicyProblem[] } | { notLooked: string }> {
  if (teams.length === 0) return { problems: [] };
  const names = [...new Set(teams.map(({ team }) => team))].join(', ');
  try {
    const github = readGithubSettings(io.env);
    if (!github) return { notLooked: `whether ${names} can be read, since the settings of the app are not set here.` };
    const { apiUrl, appId, privateKey } = github;
    const forge = createForge({ apiUrl, appId, privateKey, userAgent: 'yagura-check', timeout: requestTimeoutMs });
    return { problems: await unreadableTeams(forge, teams) };
  } catch (error) {
    return { notLooked: `whether ${names} can be read: ${sentenceOf(error)}` };
  }
}

function summaryOf(policy: Policy, files: number): string {
  const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;
  const parts = [
    count(policy.responses.length, 'response rule'),
    count(policy.playbooks.length, 'playbook'),
    `${count(policy.context.length, 'thing')} described`,
    ...(policy.detections.length > 0 ? [`${count(policy.detections.length, 'file')} of detections`] : []),
  ];
  return `Good: ${count(files, 'file')}, ${policy.organization}, mode ${policy.mode}, ${parts.join(', ')}.`;
}
