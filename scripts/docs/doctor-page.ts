import { type DoctorCheck, parts, type State } from '../../src/cli/doctor/check.ts';
import { loadChecks } from '../../src/cli/doctor/load-checks.ts';

const headings: Record<(typeof parts)[number], string> = {
  settings: 'Settings',
  app: 'The app on GitHub',
  repositories: 'The two repositories',
  policy: 'Policy',
  running: 'What Yagura runs on',
};

const words: Record<Exclude<State, 'ok'>, string> = {
  warning: 'warning',
  fault: '**fault**',
  'could-not-look': 'could not look',
};

/** `docs/doctor.md`, made of the same texts the checks say. */
export async function doctorPage(): Promise<string> {
  const checks = await loadChecks();
  const lines = [
    '<!-- Written by `npm run docs` from src/cli/doctor/checks. -->',
    '',
    '# When something does not work',
    '',
    '```console',
    '$ npx --no yagura doctor',
    '```',
    '',
    'With the settings Yagura is started with (the same environment, the same folder), beside a running one or without it. It',
    'changes nothing on GitHub and nothing in the database. One line for each thing looked at, and below it what to do:',
    '',
    '| | means |',
    '| --- | --- |',
    '| ok | looked, and all is well |',
    '| warning | works, and is not as it should be, or not yet |',
    '| FAULT | something does not work because of this |',
    '| could not look | neither good nor bad: the reason stands there, often the fault of another line |',
    '',
    'It ends with 0 when there is no fault, with 1 when there is one, with 2 when it was called wrongly.',
    '`npx --no yagura doctor --json` writes one JSON object a line: `check`, `state` (`ok`, `warning`, `fault`,',
    '`could-not-look`), `outcome` (the first column below), `says`, `fix`. No secret is in any of it. A check is given up after',
    '20 seconds, one that may have to start the embedded database after 60; what it is still waiting for stands on standard',
    'error.',
    '',
    'Without settings it looks at the demo, and says which things are of no concern there.',
    ...parts.flatMap((part) => [
      '',
      `## ${headings[part]}`,
      ...checks.filter((one) => one.part === part).flatMap(section),
    ]),
    '',
  ];
  return lines.join('\n');
}

function section(check: DoctorCheck): string[] {
  const rows = Object.entries(check.outcomes).map(
    ([name, { state, when, fix }]) => `| \`${name}\` | ${words[state]} | ${cell(when)} | ${cell(fix)} |`,
  );
  const demo = check.demo === undefined ? [] : ['', `In the demo of no concern: ${check.demo}.`];
  const table = ['| | | when | what to do |', '| --- | --- | --- | --- |', ...rows];
  return ['', `### ${check.name}`, '', check.looksAt, ...demo, '', ...table];
}

/** `{account}` stands for what the line names. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\{(\w+)\}/g, '‹$1›');
}
