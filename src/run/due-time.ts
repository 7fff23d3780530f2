import { type AlertKind, needsSomebodyNow } from '../domain/alert.ts';
import type { NotificationChannel } from '../domain/notification.ts';
import { quietUntil } from '../domain/quiet-hours.ts';
import { atLeast, type Severity } from '../domain/severity.ts';
import type { PolicySource } from '../ports/policy-source.ts';

/**
 * When a channel may be woken for something of that severity: now, or when its quiet hours are over. What nobody gets up
 * for waits for their end, however severe.
 */
export function dueTime(
  policy: PolicySource,
  { quiet }: NotificationChannel,
  incident: { kind: AlertKind; pressing: boolean; severity: Severity },
  now: Date,
): Date {
  if (!quiet || (needsSomebodyNow(incident) && atLeast(incident.severity, quiet.except))) return now;
  return quietUntil(quiet, policy.current().timeZone, now) ?? now;
}
