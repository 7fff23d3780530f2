import { z } from 'zod';
import { strict } from './strict.ts';

/** What the model may use; money in US dollars. */
const model = strict({
  tokens_per_incident: z.int().min(1_000).max(10_000_000).exactOptional(),
  money_per_incident: z.number().min(0).max(1_000).exactOptional(),
  requests_per_run: z.int().min(1).max(200).exactOptional(),
  minutes_per_run: z.int().min(1).max(240).exactOptional(),
  money_per_month: z.number().min(0).max(1_000_000).exactOptional(),
  runs_per_hour: z.int().min(0).max(10_000).exactOptional(),
});

/** Front matter of `policies/budgets.md`. The ceilings are GitHub's own: 500 creations an hour, 80 a minute. */
export const budgetsSchema = strict({
  creations_per_hour: z.int().min(1).max(500).exactOptional(),
  creations_per_minute: z.int().min(1).max(80).exactOptional(),
  model: model.exactOptional(),
});
