import { z } from 'zod';
import { readDuration } from '../../commands/duration.ts';
import { correlate } from '../../correlate/correlate.ts';
import { joinKeys } from '../../correlate/join-keys.ts';
import { alertKinds, type ParsedAlert } from '../../domain/alert.ts';
import { entityTypes } from '../../domain/entity.ts';
import { safeDefaults } from '../../policy/safe-defaults.ts';
import type { CliCommand } from '../command.ts';
import { readLines } from '../read-lines.ts';

/** What correlation reads of an alert as `yagura normalize` writes it; the rest passes through. */
const alertShape = z.looseObject({
  kind: z.enum(alertKinds),
  source: z.string(),
  title: z.string(),
  rule: z.string(),
  time: z.coerce.date(),
  entities: z.array(
    z.looseObject({ type: z.enum(entityTypes), value: z.string(), role: z.string(), from: z.enum(['field', 'text']) }),
  ),
  fingerprint: z.array(z.string()),
  subject: z.array(z.string()),
});

export const command: CliCommand = {
  name: 'correlate',
  summary: 'group alerts into incidents, each with the reason',
  usage: `yagura correlate [--window 6h] [FILE...]

Reads alerts as yagura normalize writes them (files or standard input) and writes one line an alert, in order: its
incident (1, 2 …), the reason, title and time. Two alerts join over what they share within the window; the default is
that of a policy without one. Exit code 2 when a line is no alert.`,
  async run(args, { stdin, stdout, stderr }) {
    const given = args[0] === '--window' ? readDuration(args[1] ?? '') : safeDefaults('none').joinWindow;
    if (given === undefined) {
      stderr.write('yagura correlate: --window takes a length of time such as 6h\n');
      return 2;
    }
    const alerts: z.infer<typeof alertShape>[] = [];
    for await (const { text, place } of readLines(args[0] === '--window' ? args.slice(2) : args, stdin)) {
      const read = alertShape.safeParse(parsed(text));
      if (!read.success) {
        stderr.write(`${place}: no alert of yagura normalize: ${read.error.issues[0]?.message ?? ''}\n`);
        return 2;
      }
      alerts.push(read.data);
    }
    const options = { joinWindowMs: given * 1000, isShared: () => false };
    const grouped = correlate(
      alerts.map((a) => ({ time: a.time.getTime(), keys: joinKeys(a as unknown as ParsedAlert, options) })),
      [],
    );
    const numbers = new Map<string, number>();
    for (const [k, placement] of grouped.placements.entries()) {
      if (!numbers.has(placement.story)) numbers.set(placement.story, numbers.size + 1);
      const { title, time } = alerts[k] ?? { title: '', time: new Date(0) };
      stdout.write(
        `${JSON.stringify({ incident: numbers.get(placement.story), reason: placement.reason, title, time })}\n`,
      );
    }
    return 0;
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
