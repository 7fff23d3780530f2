import type { NotificationChannel } from '../domain/notification.ts';
import type { PolicyProblem } from '../domain/policy.ts';
import { notAllowed, problemsOf } from './problems.ts';
import type { KnownPlugins } from './response-rules.ts';
import type { NotificationsFile } from './schemas/notifications.ts';
import type { LineOf } from './yaml-lines.ts';

/** Messages an hour that wake people, when the policy does not say. */
const perHour = 20;

/** The channels of `policies/notifications.md`. */
export function notificationChannels(file: NotificationsFile, path: string, lineOf: LineOf): NotificationChannel[] {
  return (file.channels ?? []).map((given, i) => ({
    id: given.id,
    channel: given.channel,
    secret: given.secret,
    from: given.from ?? 'high',
    kinds: given.kinds,
    quiet: given.quiet_hours && { ...given.quiet_hours, except: given.quiet_hours.except ?? 'critical' },
    perHour: given.per_hour ?? perHour,
    settings: given.settings ?? {},
    origin: { path, line: lineOf(['channels', i]) },
  }));
}

/** What `policies/notifications.md` names that does not exist, or names twice. */
export function notificationProblems(
  file: NotificationsFile,
  path: string,
  lineOf: LineOf,
  known: KnownPlugins,
): PolicyProblem[] {
  const channels = file.channels ?? [];
  const ids = channels.map(({ id }) => id);
  return channels.flatMap(({ id, channel, settings }, i) => {
    const found: PolicyProblem[] = [];
    const at = (key: string, message: string) => found.push({ path, line: lineOf(['channels', i, key]), message });
    if (ids.indexOf(id) < i) at('id', `The id ${id} is given twice; each id may stand once.`);
    const schema = known.channels?.get(channel);
    if (known.channels && !schema) at('channel', notAllowed('Channel ', channel, [...known.channels.keys()]));
    const issues = schema?.safeParse(settings ?? {}, { reportInput: true }).error?.issues ?? [];
    const placed = issues.map((issue) => ({ ...issue, path: ['channels', i, 'settings', ...issue.path] }));
    return [...found, ...problemsOf(path, placed, lineOf)];
  });
}
