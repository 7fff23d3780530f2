import { type AlertKind, needsSomebodyNow } from '../domain/alert.ts';
import type { NotificationChannel } from '../domain/notification.ts';
import { night, quietUntil } from '../domain/quiet-hours.ts';
import { roomOf } from '../domain/room.ts';
import { atLeast, type Severity } from '../domain/severity.ts';
import type { PolicySource } from '../ports/policy-source.ts';

/**
 * When a channel may be woken for something of that severity: now, or when its quiet hours are over. What nobody gets up
 * for waits for their end, however severe, and for the morning of those who read it, whatever the channel says.
 */
export function dueTime(
  policy: PolicySource,
  { quiet }: NotificationChannel,
  incident: { kind: AlertKind; pressing: boolean; severity: Severity; room: string },
  now: Date,
): Date {
  const inForce = policy.current();
  const urgent = needsSomebodyNow(incident);
  if (urgent && (!quiet || atLeast(incident.severity, quiet.except))) return now;
  const heard = (quiet && quietUntil(quiet, inForce.timeZone, now)) ?? now;
  if (urgent) return heard;
  return quietUntil(night, roomOf(inForce, incident.room).timeZone, heard) ?? heard;
}
