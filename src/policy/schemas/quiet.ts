import { z } from 'zod';
import { type QuietPolicy, quietByDefault } from '../../domain/quiet.ts';
import { severities } from '../../domain/severity.ts';
import { conditionSchema } from './condition.ts';
import { strict } from './strict.ts';

const settings = strict({
  on: z.boolean().exactOptional(),
  digest_below: z.enum(severities).exclude(['unknown']).exactOptional(),
  issues_a_day: z.int().min(1).max(1_000).exactOptional(),
  baseline_days: z.int().min(0).max(90).exactOptional(),
  adopt: z.array(conditionSchema).max(100).exactOptional(),
});

/** `quiet` of `yagura.md`: `off`, or what differs from what holds without it. */
export const quietSchema = z.preprocess(
  (given) => (given === 'off' || given === false ? { on: false } : given),
  settings.transform(
    (given): QuietPolicy => ({
      on: given.on ?? quietByDefault.on,
      digestBelow: given.digest_below ?? quietByDefault.digestBelow,
      issuesADay: given.issues_a_day ?? quietByDefault.issuesADay,
      baselineDays: given.baseline_days ?? quietByDefault.baselineDays,
      adopt: given.adopt ?? [],
    }),
  ),
);
