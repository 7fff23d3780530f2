import type { AlertKind } from './alert.ts';
import { atLeast, maxSeverity, type Severity } from './severity.ts';

/** What a channel can be told of an incident. The first two wake people, the others only move what woke them. */
export const notificationEvents = ['opened', 'raised', 'taken', 'closed'] as const;
export type NotificationEvent = (typeof notificationEvents)[number];

/** When a channel is to be left in peace, in minutes of the day of the policy's time zone; `from` may be later than `to`. */
export interface QuietHours {
  from: number;
  to: number;
  /** From this severity up it is told all the same. */
  except: Severity;
}

/** Where people are told outside GitHub, as the policy says it. */
export interface NotificationChannel {
  id: string;
  /** The file of `src/notify/channels`. */
  channel: string;
  /** Name of the environment variable that holds the address or key; the value never stands in a repository. */
  secret: string;
  /** The lowest severity it is told of. */
  from: Severity;
  /** Undefined: every kind. */
  kinds: AlertKind[] | undefined;
  quiet: QuietHours | undefined;
  /** Messages a sliding hour that may wake people; the last of them stands for all that wait. */
  perHour: number;
  /** What the channel needs to know beside, checked by its own schema. */
  settings: Record<string, unknown>;
  /** Where in the config repository it stands; the line is 1-based. */
  origin: { path: string; line: number };
}

/** A row that is to be or was sent. */
export interface Told {
  id: string;
  event: NotificationEvent;
  severity: Severity;
  /** It is told as what is exploited and exposed. */
  pressing: boolean;
  state: NotificationState;
  /** Part of a message that was tried before. */
  touched: boolean;
}

/** `unknown`: it may have arrived, and is not sent twice. */
export const notificationStates = ['due', 'sent', 'unknown', 'gave-up', 'skipped'] as const;
export type NotificationState = (typeof notificationStates)[number];

/** What is to be done about one incident on one channel. */
export type NotificationStep =
  | { do: 'tell'; event: NotificationEvent }
  | { do: 'skip'; ids: string[] }
  | { do: 'worse'; id: string };

/**
 * What a channel has to be told, from what the incident is now and what the channel was told before, oldest first. It
 * looks at states, not at changes: what came and went before anything was sent is never told.
 */
export function nextNotifications(
  channel: Pick<NotificationChannel, 'from' | 'kinds'>,
  incident: {
    kind: AlertKind;
    pressing: boolean;
    status: 'open' | 'closed' | 'merged';
    severity: Severity;
    taken: boolean;
  },
  told: readonly Told[],
): NotificationStep[] {
  const live = told.slice(told.findLastIndex(({ event }) => event === 'closed') + 1);
  const waking = live.filter(({ event, state }) => (event === 'opened' || event === 'raised') && state !== 'skipped');
  const waiting = waking.filter(({ state, touched }) => state === 'due' && !touched);
  const wanted =
    incident.status === 'open' &&
    atLeast(incident.severity, channel.from) &&
    (channel.kinds?.includes(incident.kind) ?? true);
  if (!wanted) return unwanted(incident.status, live, waking, waiting);
  if (waking.length === 0) return [{ do: 'tell', event: 'opened' }, ...takenStep(incident.taken, live)];
  const steps: NotificationStep[] = [];
  const worst = waking.map(({ severity }) => severity).reduce(maxSeverity);
  const [first] = waiting;
  const pressing = incident.pressing && !waking.some((one) => one.pressing);
  if (pressing || !atLeast(worst, incident.severity)) {
    steps.push(first ? { do: 'worse', id: first.id } : { do: 'tell', event: 'raised' });
  }
  return [...steps, ...takenStep(incident.taken, live)];
}

function unwanted(
  status: 'open' | 'closed' | 'merged',
  live: readonly Told[],
  waking: readonly Told[],
  waiting: readonly Told[],
): NotificationStep[] {
  const skipped = live.filter(({ id, event, state, touched }) => {
    return state === 'due' && !touched && (event === 'taken' || waiting.some((one) => one.id === id));
  });
  const steps: NotificationStep[] = skipped.length > 0 ? [{ do: 'skip', ids: skipped.map(({ id }) => id) }] : [];
  const woke = waking.length > waiting.length;
  return status !== 'open' && woke ? [...steps, { do: 'tell', event: 'closed' }] : steps;
}

function takenStep(taken: boolean, live: readonly Told[]): NotificationStep[] {
  return taken && !live.some(({ event }) => event === 'taken') ? [{ do: 'tell', event: 'taken' }] : [];
}
