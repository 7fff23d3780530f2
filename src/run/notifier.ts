import { nextNotifications } from '../domain/notification.ts';
import type { Sql } from '../ports/store.ts';
import { appendLedger } from '../store/ledger.ts';
import {
  addNotifications,
  endNotifications,
  type NewNotification,
  nextNotification,
  orphaned,
  takeChanges,
  toldOf,
  worsen,
} from '../store/notifications.ts';
import { dueTime } from './due-time.ts';
import type { NotifierDeps } from './notifier-deps.ts';
import type { LiveChannel } from './notify-channels.ts';
import { tellChannel } from './tell-channel.ts';

/** Changes looked at in one transaction. */
const changesAtOnce = 200;

export interface Notifier {
  /** Looks at what changed, then sends each channel its next message; when to look again. */
  step(): Promise<{ again: boolean; at?: Date }>;
}

/** Tells people outside GitHub. One message a channel at a time, so that a slow one keeps no other waiting. */
export function createNotifier(deps: NotifierDeps): Notifier {
  return {
    async step() {
      const channels = deps.channels.live();
      const changed = await deps.store.transaction((tx) => takeUp(deps, tx, channels));
      // In a storm all are known before the last message of the hour speaks for them.
      if (changed === changesAtOnce) return { again: true };
      await letGo(deps, channels);
      const told = await Promise.all(channels.map((channel) => tellChannel(deps, channel)));
      if (changed > 0 || told.some((one) => one)) return { again: true };
      const at = await nextNotification(
        deps.store,
        channels.map(({ policy }) => policy.id),
        deps.clock.now(),
      );
      return at === undefined ? { again: false } : { again: false, at };
    },
  };
}

/** Turns changes into what each channel is to be told; how many it took. */
async function takeUp(deps: NotifierDeps, tx: Sql, channels: LiveChannel[]): Promise<number> {
  const { taken, incidents: changed } = await takeChanges(tx, changesAtOnce);
  if (taken === 0) return 0;
  const now = deps.clock.now();
  const fresh: NewNotification[] = [];
  for (const channel of channels) {
    const told = await toldOf(
      tx,
      channel.policy.id,
      changed.map(({ id }) => id),
    );
    for (const incident of changed) {
      for (const step of nextNotifications(channel.policy, incident, told.get(incident.id) ?? [])) {
        const dueAt = dueTime(deps.policy, channel.policy, incident, now);
        if (step.do === 'skip') await endNotifications(tx, now, step.ids, 'skipped', 'it was over before it was told');
        else if (step.do === 'worse') await worsen(tx, step.id, incident, dueAt);
        else {
          const { event } = step;
          const heard = channel.kind.events.includes(event);
          // An end that is not told still closes the chapter, so that a reopened incident is told again.
          if (!heard && event !== 'closed') continue;
          const wakes = event === 'opened' || event === 'raised';
          fresh.push({
            channel: channel.policy.id,
            incident: incident.id,
            event,
            severity: incident.severity,
            pressing: incident.pressing,
            state: heard ? 'due' : 'skipped',
            dueAt: wakes ? dueAt : now,
          });
        }
      }
    }
  }
  await addNotifications(tx, now, fresh);
  return taken;
}

/** What waits for a channel that is gone is not kept for one that comes later under its name. */
async function letGo(deps: NotifierDeps, channels: LiveChannel[]): Promise<void> {
  const ids = channels.map(({ policy }) => policy.id);
  const waiting = await orphaned(deps.store, ids);
  if (waiting.length === 0) return;
  const now = deps.clock.now();
  const detail = 'the channel is not in the policy, or cannot be used here any more';
  await deps.store.transaction(async (tx) => {
    await endNotifications(
      tx,
      now,
      waiting.map(({ id }) => id),
      'gave-up',
      detail,
    );
    await appendLedger(
      tx,
      now,
      deps.policy.current().commit,
      waiting.map(({ id, incident, channel }) => ({
        kind: 'notification',
        incidentId: incident,
        body: { notification: id, channel, state: 'gave-up', detail },
      })),
    );
  });
}
