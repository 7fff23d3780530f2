import { z } from 'zod';
import { alertKinds } from '../../domain/alert.ts';
import { severities } from '../../domain/severity.ts';
import { listOf, strict } from './strict.ts';
import { id } from './values.ts';

/** `22:00` as minutes of the day. */
const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of day is "22:00", in quotes, in the time zone of yagura.md.')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

/** What was written there may be the secret itself, so it is not shown again. */
const secret = z
  .string()
  .regex(
    /^YAGURA_NOTIFY_[A-Z0-9_]{1,64}$/,
    'names an environment variable: YAGURA_NOTIFY_ and a name of yours. The address or key itself never stands here: if it did, make a new one.',
  );

const channel = strict({
  id,
  channel: z.string().max(64),
  secret,
  from: z.enum(severities).exactOptional(),
  kinds: listOf(z.enum(alertKinds)).exactOptional(),
  quiet_hours: strict({ from: timeOfDay, to: timeOfDay, except: z.enum(severities).exactOptional() }).exactOptional(),
  per_hour: z.int().min(1).max(500).exactOptional(),
  settings: z.record(z.string(), z.unknown()).exactOptional(),
});

/** Front matter of `policies/notifications.md`. */
export const notificationsSchema = strict({ channels: z.array(channel).max(20).exactOptional() });
export type NotificationsFile = z.infer<typeof notificationsSchema>;
