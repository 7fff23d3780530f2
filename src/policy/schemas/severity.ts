import { z } from 'zod';
import { severities } from '../../domain/severity.ts';
import { conditionSchema } from './condition.ts';
import { strict } from './strict.ts';
import { sentence } from './values.ts';

const floor = strict({
  when: conditionSchema,
  at_least: z.enum(severities),
  because: sentence,
});

/** Front matter of `policies/severity.md`. */
export const severitySchema = strict({ floors: z.array(floor).max(500).exactOptional() });
