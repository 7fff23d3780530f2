import { resolve } from 'node:path';
import type { Policy } from '../../domain/policy.ts';
import { problemLine } from '../../policy/check.ts';
import { loadPolicy } from '../../policy/load-policy.ts';
import type { CliCommand } from '../command.ts';
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
    for (const warning of warnings) io.stdout.write(`warning: ${problemLine(warning)}\n`);
    for (const problem of problems) io.stdout.write(`${problemLine(problem)}\n`);
    if (problems.length === 0) io.stdout.write(`${summaryOf(policy, files.length)}\n`);
    return problems.length === 0 ? 0 : 1;
  },
};

function summaryOf(policy: Policy, files: number): string {
  const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;
  const parts = [
    count(policy.responses.length, 'response rule'),
    count(policy.playbooks.length, 'playbook'),
    `${count(policy.context.length, 'thing')} described`,
    ...(policy.detections.length > 0 ? [`${policy.detections.length} of detections`] : []),
  ];
  return `Good: ${count(files, 'file')}, ${policy.organization}, mode ${policy.mode}, ${parts.join(', ')}.`;
}
