import { z } from 'zod';
import { languages } from '../../domain/locale.ts';
import { autonomies } from '../../domain/policy.ts';
import { severities } from '../../domain/severity.ts';
import { quietSchema } from './quiet.ts';
import { roomKeys } from './rooms.ts';
import { listOf, strict } from './strict.ts';
import { duration, login, placeholderName, sentence, team, timeZone } from './values.ts';

/** A login or `org/team`. */
const mentioned = z.string().transform((text, context) => {
  const parsed = (text.includes('/') ? team : login).safeParse(text);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) context.addIssue({ code: 'custom', message: issue.message });
  return z.NEVER;
});

/** Front matter of `yagura.md`. */
export const settingsSchema = strict({
  organization: sentence.exactOptional(),
  language: z.enum(languages).exactOptional(),
  time_zone: timeZone.exactOptional(),
  mode: z.enum(autonomies).exactOptional(),
  join_window: duration.exactOptional(),
  queue: z.boolean().exactOptional(),
  quiet: quietSchema.optional(),
  ...roomKeys,
  mention: strict({ severity: z.enum(severities), who: listOf(mentioned) }).exactOptional(),
  on_call: strict({
    severity: z.enum(severities).exactOptional(),
    take_within: duration.exactOptional(),
  }).exactOptional(),
  placeholders: z.record(placeholderName, listOf(z.string().trim().min(1).max(512))).exactOptional(),
});
