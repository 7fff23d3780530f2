import type { NotificationChannel } from '../domain/notification.ts';
import type { Channel, OpenChannel } from '../notify/channel.ts';
import type { PolicySource } from '../ports/policy-source.ts';

/** A channel of the policy, ready to be told. */
export interface LiveChannel {
  policy: NotificationChannel;
  kind: Pick<Channel, 'events' | 'once' | 'title'>;
  open: OpenChannel;
}

/** The channels of the policy in force. */
export interface NotifyChannels {
  live(): LiveChannel[];
  /** By id, why a channel of the policy is told nothing. */
  unavailable(): ReadonlyMap<string, string>;
}

/** Longest one attempt may take. */
const timeoutMs = 10_000;

/** Channels by what the policy says now and what the environment held at the start. */
export function createNotifyChannels(
  kinds: ReadonlyMap<string, Channel>,
  secrets: ReadonlyMap<string, string>,
  policy: PolicySource,
): NotifyChannels {
  const openOne = (given: NotificationChannel): LiveChannel | { unavailable: string } => {
    const kind = kinds.get(given.channel);
    if (!kind) return { unavailable: `There is no channel ${given.channel}.` };
    const secret = secrets.get(given.secret);
    if (secret === undefined) return { unavailable: `${given.secret} is not set, so nobody is told there.` };
    const settings = kind.settings.safeParse(given.settings);
    if (!settings.success) return { unavailable: `Its settings are wrong: ${settings.error.issues[0]?.message ?? ''}` };
    const open = kind.open(secret, settings.data, { timeoutMs });
    if ('unavailable' in open) return { unavailable: `${given.secret}: ${open.unavailable}.` };
    return { policy: given, kind, open };
  };
  let seen: NotificationChannel[] | undefined;
  let channels: LiveChannel[] = [];
  const unavailable = new Map<string, string>();
  const refresh = () => {
    const { notifications } = policy.current();
    if (notifications === seen) return;
    seen = notifications;
    channels = [];
    unavailable.clear();
    for (const given of notifications) {
      const made = openOne(given);
      if ('unavailable' in made) unavailable.set(given.id, made.unavailable);
      else channels.push(made);
    }
  };
  return {
    live() {
      refresh();
      return channels;
    },
    unavailable() {
      refresh();
      return unavailable;
    },
  };
}
