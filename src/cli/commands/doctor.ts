import type { CliCommand, CliIo } from '../command.ts';
import type { DoctorCheck, State } from '../doctor/check.ts';
import { examine } from '../doctor/examine.ts';
import { harmless, type Line, secretsOf } from '../doctor/line.ts';
import { loadChecks } from '../doctor/load-checks.ts';
import { createScene } from '../doctor/scene.ts';
import { fitted } from '../fitted.ts';

const words: Record<State, string> = {
  ok: 'ok',
  warning: 'warning',
  fault: 'FAULT',
  'could-not-look': 'could not look',
};

/** `yagura doctor`: what is set up, what is not, and what to do about it. Changes nothing anywhere. */
export const command: CliCommand = {
  name: 'doctor',
  summary: 'say what of the set-up works, what does not, and what to do',
  usage: [
    'yagura doctor [--json]',
    '',
    'Looks at the app, its permissions, webhooks, repositories and policy on GitHub, and at the database, with the',
    'settings of the environment; changes nothing anywhere. One line each: ok, warning, FAULT, or "could not look" with',
    'the reason, and below it what to do. With --json one JSON object a line.',
    'Without settings it looks at the demo, and says what is of no concern there.',
    'Exit code 0 without a fault, 1 with one, 2 for wrong use.',
  ].join('\n'),
  async run(args, io) {
    const unknown = args.find((arg) => arg !== '--json');
    if (unknown !== undefined) {
      io.stderr.write(`yagura doctor: ${JSON.stringify(unknown)} is not understood; the only option is --json\n`);
      return 2;
    }
    return examineAll(await loadChecks(), io, args.includes('--json'));
  },
};

async function examineAll(checks: DoctorCheck[], io: CliIo, json: boolean): Promise<number> {
  const { scene, close } = createScene(io);
  const secrets = secretsOf(io.env);
  const counts = { ok: 0, warning: 0, fault: 0, 'could-not-look': 0 } satisfies Record<State, number>;
  const width = Math.max(...checks.map((check) => check.name.length));
  try {
    await examine(checks, scene, {
      lines(lines) {
        for (const line of lines.map((one) => harmless(one, secrets))) {
          counts[line.state] += 1;
          io.stdout.write(json ? `${JSON.stringify(line)}\n` : fitted(shown(line, width), io.stdout));
        }
      },
      waiting: (names) => void io.stderr.write(`Still looking at ${names.join(', ')} …\n`),
    });
  } finally {
    await close();
  }
  if (!json) io.stdout.write(fitted(`\n${summaryOf(counts)}\n`, io.stdout));
  return counts.fault === 0 ? 0 : 1;
}

function shown({ check, state, says, fix }: Line, width: number): string {
  const margin = words['could-not-look'].length;
  const line = `${words[state].padEnd(margin)}  ${check.padEnd(width)}  ${says}\n`;
  return fix === undefined ? line : `${line}${' '.repeat(margin + width + 4)}→ ${fix}\n`;
}

function summaryOf(counts: Record<State, number>): string {
  const unseen = counts['could-not-look'];
  return [
    counts.fault === 0 ? 'No fault.' : `${counts.fault} ${counts.fault === 1 ? 'fault' : 'faults'}.`,
    `${counts.ok} ok, ${counts.warning} ${counts.warning === 1 ? 'warning' : 'warnings'}.`,
    ...(unseen === 0 ? [] : [`${unseen} could not be looked at, which says neither good nor bad of them.`]),
  ].join(' ');
}
