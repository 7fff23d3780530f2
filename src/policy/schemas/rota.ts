import { z } from 'zod';
import type { Origin } from '../../domain/policy.ts';
import type { Rota } from '../../domain/rota.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import { shown } from '../problems.ts';
import type { LineOf } from '../yaml-lines.ts';
import { listOf, strict } from './strict.ts';
import { login, sentence, timeZone } from './values.ts';

const dayMs = 24 * 3_600_000;

/** `2026-03-02 09:00` as a wall time (domain/zoned-time.ts), or a day, which is from its start or to its end. */
function moment(of: 'start' | 'end') {
  return z.string().transform((text, context): number => {
    const [, day, clock] = /^(\d{4}-\d{2}-\d{2})(?:[ T]((?:[01]\d|2[0-3]):[0-5]\d))?$/.exec(text.trim()) ?? [];
    const wall = Date.parse(`${day}T${clock ?? '00:00'}:00Z`);
    if (day !== undefined && !Number.isNaN(wall) && new Date(wall).toISOString().startsWith(day))
      return clock === undefined && of === 'end' ? wall + dayMs : wall;
    const message = `${shown(text)} is not a day or a time: write 2026-03-02 or 2026-03-02 09:00.`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

const period = { login, from: moment('start'), to: moment('end') };

function forward({ from, to }: { from: number; to: number }, context: z.RefinementCtx): void {
  if (from < to) return;
  context.addIssue({ code: 'custom', path: ['to'], message: 'is not after from.' });
}

/** Front matter of `context/people/rota.md`: who is on call when. */
export const rotaSchema = strict({
  kind: z.literal('rota'),
  time_zone: timeZone,
  start: moment('start'),
  rotation: listOf(login),
  overrides: z
    .array(strict({ ...period, because: sentence.exactOptional() }).superRefine(forward))
    .max(500)
    .exactOptional(),
  away: z
    .array(strict({ ...period, substitute: login.exactOptional() }).superRefine(forward))
    .max(500)
    .exactOptional(),
});

/** The rota of a file; each entry keeps its line, for who checks it against the people there are. */
export function rota(data: z.output<typeof rotaSchema>, path: string, lineOf: LineOf): Rota {
  const at = (...steps: PropertyKey[]): { origin: Origin } => ({ origin: { path, line: lineOf(steps) } });
  const span = ({ from, to }: { from: number; to: number }) => ({
    from: instantOf(from, data.time_zone),
    to: instantOf(to, data.time_zone),
  });
  return {
    timeZone: data.time_zone,
    start: data.start,
    rotation: data.rotation.map((login, k) => ({ login, ...at('rotation', k) })),
    overrides: (data.overrides ?? []).map((one, k) => ({ ...one, ...span(one), ...at('overrides', k) })),
    away: (data.away ?? []).map((one, k) => ({ ...one, ...span(one), ...at('away', k) })),
    ...at('rotation'),
  };
}
