import { defaultRoom, roomOf } from '../domain/room.ts';
import { noticeWords } from '../messages/notices.ts';
import type { Clock } from '../ports/clock.ts';
import type { Forge, ForgeIssue, RepoRef } from '../ports/forge.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Store } from '../ports/store.ts';
import { isManaged } from '../publish/labels.ts';
import { forgetEvents } from '../store/forget-events.ts';
import { forgetStandings } from '../store/github-alerts.ts';
import { incidentOfIssue } from '../store/incidents.ts';
import { markDirty, say } from '../store/publications.ts';
import { readSetting, writeSetting } from '../store/settings-table.ts';
import { type DeliveryDeps, seeComment } from './deliveries.ts';
import type { OpenRooms } from './open-rooms.ts';
import { roomRepository } from './room-repository.ts';

export interface SweepDeps extends Pick<DeliveryDeps, 'store' | 'clock' | 'masking'> {
  store: Store;
  forge: Forge;
  clock: Clock;
  policy: PolicySource;
  repo: RepoRef;
  rooms: OpenRooms;
  /** An issue of that room that is not as we last sent it, or is no incident. */
  onIssue(issue: ForgeIssue, room: string): Promise<void>;
  log(sentence: string): void;
}

/** How far back every look reaches again: lists lag behind, and equal seconds must not be lost. */
const overlapMs = 120_000;

/** How far back the first look reaches. */
const firstLookMs = 3_600_000;

/**
 * Finds what webhooks did not tell: asks for failed deliveries again, and reads issues and comments touched since the
 * last look. Everything it finds goes the way of the webhook, which counts each comment once.
 */
export async function sweepStep(deps: SweepDeps): Promise<void> {
  const now = deps.clock.now();
  const redelivered = await sinceLast(deps.store, now, 'redeliver.at', async (since) => {
    await deps.forge.redeliverFailed(since);
  }).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  for (const room of deps.rooms.keys()) {
    const key = room === defaultRoom ? 'sweep.at' : `sweep.at:${room}`;
    await deps.rooms.visit(room, () => sinceLast(deps.store, now, key, (since) => lookAt(deps, room, since)));
  }
  await wakeSnoozed(deps, now);
  await forget(deps.store, now);
  if (redelivered) throw redelivered.error;
}

/** Looks at what happened since the last look that came to its end: after one that did not, the next reaches back as far. */
async function sinceLast(store: Store, now: Date, key: string, look: (since: Date) => Promise<void>): Promise<void> {
  const last = await readSetting<string>(store, key);
  await look(new Date(last ? Date.parse(last) - overlapMs : now.getTime() - firstLookMs));
  await writeSetting(store, key, now.toISOString());
}

/** Reads the comments written in a room since a time. */
export async function lookAtComments(deps: SweepDeps, room: string, since: Date): Promise<void> {
  for (const comment of await deps.forge.commentsSince(roomRepository(room, deps.repo), since)) {
    if (await seeComment(deps, { ...comment, room }))
      deps.log(`comment ${comment.id} on ${room}#${comment.issue} was found by sweep`);
  }
}

/** Reads what was touched in a room since a time. */
export async function lookAt(deps: SweepDeps, room: string, since: Date): Promise<void> {
  await lookAtComments(deps, room, since);
  const repo = roomRepository(room, deps.repo);
  for (const issue of await deps.forge.issuesSince(repo, since)) {
    if (issue.isPullRequest) continue;
    const incident = await incidentOfIssue(deps.store, { room, issue: issue.number });
    const publication = incident && (await sentState(deps.store, incident.id));
    const changed =
      !incident ||
      !publication ||
      publication.state !== issue.state ||
      publication.labels !== issue.labels.filter(isManaged).sort().join('\n');
    if (changed) await deps.onIssue(issue, room);
  }
}

/** Says once that what was put off is due. */
async function wakeSnoozed(deps: SweepDeps, now: Date): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const due = await tx.query<{ id: string; room: string; until: Date }>(
      `select id, room, snoozed_until as until from incident where status = 'open' and snoozed_until <= $1 for update`,
      [now],
    );
    for (const { id, room, until } of due.rows) {
      const text = noticeWords(roomOf(deps.policy.current(), room).language).putOff;
      await say(tx, now, { key: `snooze:${id}:${until.toISOString()}`, incidentId: id, text, priority: 1 });
    }
    const ids = due.rows.map((row) => row.id);
    await tx.query('update incident set snoozed_until = null where id = any($1::bigint[])', [ids]);
    await markDirty(tx, now, ids, 'issue');
  });
}

/** How long worked-off deliveries and sent creations are kept. */
const deliveriesKeptMs = 30 * 24 * 3_600_000;
const creationsKeptMs = 2 * 3_600_000;

/** Drops what only the last days or hours need; alerts, their records and the ledger stay. */
async function forget(store: Store, now: Date): Promise<void> {
  await store.query('delete from delivery where outcome is not null and received_at < $1', [
    new Date(now.getTime() - deliveriesKeptMs),
  ]);
  await forgetEvents(store, now);
  await forgetStandings(store, now);
  await store.query('delete from creation where at < $1', [new Date(now.getTime() - creationsKeptMs)]);
}

async function sentState(store: Store, incident: string): Promise<{ state: string; labels: string } | undefined> {
  const found = await store.query<{ sent: { state: string; labels: string[] } | null; dirty: boolean }>(
    'select sent, dirty from publication where key = $1',
    [`issue:${incident}`],
  );
  const [row] = found.rows;
  return row?.sent ? { state: row.sent.state, labels: [...row.sent.labels].sort().join('\n') } : undefined;
}
