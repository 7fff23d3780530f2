import { z } from 'zod';
import { strict } from './strict.ts';

/** Front matter of `policies/budgets.md`. The ceilings are GitHub's own: 500 creations an hour, 80 a minute. */
export const budgetsSchema = strict({
  creations_per_hour: z.int().min(1).max(500).exactOptional(),
  creations_per_minute: z.int().min(1).max(80).exactOptional(),
});
