import type { LedgerEntry } from '../domain/ledger.ts';
import type { NotificationState } from '../domain/notification.ts';
import { defaultRoom, roomOf } from '../domain/room.ts';
import type { Outcome } from '../notify/channel.ts';
import { foldedMessage, type Message, messageOf } from '../notify/message.ts';
import { restrictedMessage } from '../notify/restricted-message.ts';
import { quietVerdicts } from '../publish/needs-human.ts';
import { loadIncidentView } from '../store/incident-view.ts';
import { appendLedger } from '../store/ledger.ts';
import {
  beginAttempt,
  type DueNotification,
  dueNotifications,
  endNotifications,
  holdChannel,
  interrupted,
  postpone,
  tryAgain,
  wakingSince,
} from '../store/notifications.ts';
import { dueTime } from './due-time.ts';
import type { NotifierDeps } from './notifier-deps.ts';
import type { LiveChannel } from './notify-channels.ts';

const hourMs = 3_600_000;

/** Incidents one message may stand for. */
const foldLimit = 20_000;

/** How long a message waits for the issue it links and the first report, and how often they are looked for: GitHub may be away. */
const completeWaitMs = 60_000;
const completeLookMs = 2_000;

/** Tries of one message, over about two hours, and the wait before the next. */
const attemptLimit = 12;
const retryMs = (attempts: number): number => Math.min(hourMs / 2, 10_000 * 2 ** (attempts - 1));

/** Rows that one message tells; the first is the one it is known by. */
type Batch = [DueNotification, ...DueNotification[]];

/** Sends a channel its next message; false when nothing can go now. */
export async function tellChannel(deps: NotifierDeps, channel: LiveChannel): Promise<boolean> {
  await takeUpInterrupted(deps, channel);
  const due = await dueNotifications(deps.store, channel.policy.id, {
    now: deps.clock.now(),
    limit: foldLimit,
    quiet: quietVerdicts,
  });
  const over = due.filter((row) => wakes(row) && !row.open);
  if (over.length > 0) await end(deps, channel, over, 'skipped', 'it was over before it could be told');
  const calmed = due.filter((row) => wakes(row) && row.open && row.quiet);
  if (calmed.length > 0) await end(deps, channel, calmed, 'skipped', 'policy or a person says that nobody is needed');
  const ready = await readyOf(
    deps,
    channel,
    due.filter((row) => !wakes(row) || (row.open && !row.quiet)),
  );
  const batch = await nextBatch(deps, channel, ready);
  if (batch) await send(deps, channel, batch);
  return batch !== undefined || over.length > 0 || calmed.length > 0;
}

function wakes({ event }: Pick<DueNotification, 'event'>): boolean {
  return event === 'opened' || event === 'raised';
}

/** Rows that need not wait for the end of quiet hours, their issue or their first report; the others are moved. */
async function readyOf(deps: NotifierDeps, channel: LiveChannel, due: DueNotification[]): Promise<DueNotification[]> {
  const now = deps.clock.now();
  const ready: DueNotification[] = [];
  for (const row of due) {
    const quiet = wakes(row) ? dueTime(deps.policy, channel.policy, row, now) : now;
    const completeBy = new Date(row.createdAt.getTime() + completeWaitMs);
    if (quiet > now) await postpone(deps.store, [row.id], quiet);
    else if (!row.complete && completeBy > now) await postpone(deps.store, [row.id], soonest(completeBy, now));
    else ready.push(row);
  }
  return ready;
}

function soonest(completeBy: Date, now: Date): Date {
  return new Date(Math.min(completeBy.getTime(), now.getTime() + completeLookMs));
}

/** What to send next: what wakes nobody at once, else one, or all that wait when this is the last of the hour. */
async function nextBatch(
  deps: NotifierDeps,
  { policy }: LiveChannel,
  ready: DueNotification[],
): Promise<Batch | undefined> {
  const calm = ready.find((row) => !wakes(row));
  if (calm) return [calm];
  const [first, ...more] = ready;
  if (!first) return undefined;
  const now = deps.clock.now();
  const sent = await wakingSince(deps.store, policy.id, new Date(now.getTime() - hourMs));
  const left = policy.perHour - sent.length;
  if (left > 1) return [first];
  if (left === 1) return more.length === 0 ? [first] : [first, ...more];
  const free = new Date((sent[sent.length - policy.perHour] ?? now).getTime() + hourMs);
  await postpone(
    deps.store,
    ready.map(({ id }) => id),
    free,
  );
  return undefined;
}

async function send(deps: NotifierDeps, channel: LiveChannel, batch: Batch): Promise<void> {
  const message = await messageFor(deps, channel, batch);
  if (!message) return end(deps, channel, batch, 'skipped', 'its incident is not there any more');
  await beginAttempt(deps.store, deps.clock.now(), idsOf(batch));
  const outcome = await channel.open.send(message);
  await record(deps, channel, batch, outcome);
}

async function messageFor(deps: NotifierDeps, channel: LiveChannel, batch: Batch): Promise<Message | undefined> {
  const now = deps.clock.now();
  const [row] = batch;
  const all = batch.flatMap((one) => [one, ...one.folded]);
  if (all.length > 1)
    return foldedMessage(
      all,
      deps.place,
      { perHour: channel.policy.perHour, language: deps.policy.current().language },
      now,
    );
  const view = await loadIncidentView(deps.store, row.incident, { policy: deps.policy, now });
  if (!view) return undefined;
  const policy = deps.policy.current();
  const room = roomOf(policy, view.incident.room ?? defaultRoom);
  if (room.restricted) return restrictedMessage(row, view, deps.place, policy.language);
  return messageOf({ ...row, was: row.was ?? undefined }, view, deps.place);
}

/** The first is the one the message is known by, on every try. */
function idsOf(batch: readonly DueNotification[]): string[] {
  return batch.flatMap(({ id, folded }) => [id, ...folded.map((one) => one.id)]);
}

async function record(deps: NotifierDeps, channel: LiveChannel, batch: Batch, outcome: Outcome): Promise<void> {
  if (outcome.is === 'sent') return end(deps, channel, batch, 'sent', '');
  const { sentence } = outcome;
  if (outcome.is === 'refused') return end(deps, channel, batch, 'gave-up', sentence);
  if (outcome.is === 'unknown' && !channel.kind.once) {
    return end(deps, channel, batch, 'unknown', `${sentence}; it may have arrived, so it is not sent again`);
  }
  const attempts = batch[0].attempts + 1;
  if (attempts >= attemptLimit) {
    return end(deps, channel, batch, 'gave-up', `${sentence}; given up after ${attempts} tries`);
  }
  const asked = outcome.is === 'later' ? outcome.afterMs : undefined;
  const wait = Math.max(retryMs(attempts), Math.min(asked ?? 0, hourMs));
  const at = new Date(deps.clock.now().getTime() + wait);
  await tryAgain(deps.store, idsOf(batch), at, sentence);
  if (asked !== undefined) await holdChannel(deps.store, batch[0].id, at);
}

/** Writes down what became of a message, and says it where it did not arrive. */
async function end(
  deps: NotifierDeps,
  channel: LiveChannel,
  rows: readonly DueNotification[],
  state: Exclude<NotificationState, 'due'>,
  detail: string,
): Promise<void> {
  const { id: name } = channel.policy;
  const now = deps.clock.now();
  await deps.store.transaction(async (tx) => {
    await endNotifications(tx, now, idsOf(rows), state, detail);
    const entries = rows.map(({ id, incident, event, folded }): LedgerEntry => {
      const body = { notification: id, channel: name, event, state, detail, told: folded.length + 1 };
      return { kind: 'notification', incidentId: incident, body };
    });
    await appendLedger(tx, now, deps.policy.current().commit, entries);
  });
  if (state === 'gave-up' || state === 'unknown') deps.log(`notification channel ${name}: ${detail}`);
}

/** What was on its way when the process ended: sent again only where twice is once. */
async function takeUpInterrupted(deps: NotifierDeps, channel: LiveChannel): Promise<void> {
  const now = deps.clock.now();
  for (const { ids, incidents } of await interrupted(deps.store, channel.policy.id)) {
    const why = 'Yagura ended before it was answered';
    if (channel.kind.once) {
      await tryAgain(deps.store, ids, now, why);
      continue;
    }
    const detail = `${why}; it may have arrived, so it is not sent again`;
    await deps.store.transaction(async (tx) => {
      await endNotifications(tx, now, ids, 'unknown', detail);
      const entries = ids.map((id, i): LedgerEntry => {
        const body = { notification: id, channel: channel.policy.id, state: 'unknown', detail };
        return { kind: 'notification', incidentId: incidents[i] ?? null, body };
      });
      await appendLedger(tx, now, deps.policy.current().commit, entries);
    });
    deps.log(`notification channel ${channel.policy.id}: ${detail}`);
  }
}
