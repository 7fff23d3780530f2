import { z } from 'zod';
import type { Condition } from '../../domain/policy.ts';
import { verdicts } from '../../domain/verdict.ts';
import { conditionSchema } from './condition.ts';
import { strict } from './strict.ts';
import { sentence } from './values.ts';

const rule = strict({
  when: conditionSchema,
  verdict: z.enum(verdicts).exclude(['not-assessed']),
  because: sentence,
}).superRefine((given, context) => {
  if (isExact(given.when)) return;
  const message =
    'a verdict rule must name a rule, a title or an entity value (not only *): it decides without looking.';
  context.addIssue({ code: 'custom', path: ['when'], message });
});

/** Front matter of `policies/triage.md`. */
export const triageSchema = strict({ verdicts: z.array(rule).max(500).exactOptional() });

/** A rule that decides by itself must say precisely what it decides about. */
function isExact({ rule, title, entity }: Condition): boolean {
  return [rule, title, entity?.value].some((patterns) => patterns?.every((pattern) => /[^*\s]/.test(pattern)));
}
