import type { Command } from '../../src/commands/command.ts';
import { rights } from '../../src/domain/policy.ts';
import { loadPlugins } from '../../src/plugins.ts';

const means: Record<(typeof rights)[number], string> = {
  reader: 'Whoever can read the issue.',
  analyst: 'Named under `rights.analyst` of `policies/response.md`, or a responder.',
  responder: 'Named under `rights.responder`.',
};

/** `docs/commands.md`, made of the same fields as `/help`. */
export async function commandsPage(): Promise<string> {
  const commands = await loadPlugins<Command>(new URL('../../src/commands/slash/', import.meta.url));
  const lines = [
    '<!-- Written by `npm run docs` from src/commands/slash. -->',
    '',
    '# Commands',
    '',
    'One command a line, at the start of the line, several in one comment if you like. Lines in code, in quotes and in hidden',
    'comments do not count; words, numbers and levels are read in any case, full-width too, the slash and',
    'spaces among them. An address or a domain may be written defanged (`203.0.113[.]7`): the receipt says what was',
    'understood. An unknown command gets the nearest one to copy. Rights are asked of GitHub at the moment the command runs;',
    'a comment that was edited or deleted does not run. Commands are the same in every language; answers come in that of the',
    'issue repository (`language` in `yagura.md`), and a reason may be written in any.',
    '',
    '| command | what it does | who |',
    '| --- | --- | --- |',
    ...[...commands.values()].map(
      ({ usage, summary, right }) => `| \`${usage.replaceAll('|', '\\|')}\` | ${summary.en} | ${right} |`,
    ),
    '',
    '## Who is who',
    '',
    ...rights.map((right) => `- **${right}**: ${means[right]}`),
    '',
    'Everybody is answered: each comment with commands gets one receipt, which is edited until all of it is done. Refusals say',
    'why and who could, and share one comment an issue.',
    '',
  ];
  return lines.join('\n');
}
