import { z } from 'zod';
import { autonomies } from '../../domain/policy.ts';
import { severities } from '../../domain/severity.ts';
import { shown } from '../problems.ts';
import { listOf, strict } from './strict.ts';
import { duration, login, placeholderName, sentence, team } from './values.ts';

const timeZone = z.string().refine(isTimeZone, {
  error: (issue) => `${shown(issue.input)} is not a time zone: write a name such as Asia/Tokyo, Europe/Berlin or UTC.`,
});

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
  time_zone: timeZone.exactOptional(),
  mode: z.enum(autonomies).exactOptional(),
  join_window: duration.exactOptional(),
  mention: strict({ severity: z.enum(severities), who: listOf(mentioned) }).exactOptional(),
  placeholders: z.record(placeholderName, listOf(z.string().trim().min(1).max(512))).exactOptional(),
});

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name.length <= 64;
  } catch {
    return false;
  }
}
