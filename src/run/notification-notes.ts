import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { undelivered } from '../store/notifications.ts';
import type { NotifyChannels } from './notify-channels.ts';

/** How long a message that did not arrive is spoken of, in milliseconds. */
const spokenOfMs = 24 * 3_600_000;

/** Whom nobody tells, and why: channels that cannot be used here, and messages of the last day that did not arrive. */
export async function notificationNotes(deps: {
  store: Store;
  clock: Clock;
  channels: NotifyChannels;
}): Promise<{ part: string; note: string }[]> {
  const since = new Date(deps.clock.now().getTime() - spokenOfMs);
  // A database that does not answer is said elsewhere.
  const lost = await undelivered(deps.store, since).catch(() => []);
  return [
    ...[...deps.channels.unavailable()].map(([id, note]) => ({ part: `notification channel ${id}`, note })),
    ...lost.map(({ channel, n, detail }) => ({
      part: `notification channel ${channel}`,
      note: `${n === 1 ? 'a message' : `${n} messages`} of the last 24 hours did not arrive for sure; the last: ${detail}`,
    })),
  ];
}
