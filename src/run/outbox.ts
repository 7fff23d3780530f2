import { sha256 } from '../domain/canonical.ts';
import { cutText } from '../domain/cut.ts';
import { roomOf } from '../domain/room.ts';
import { noticeWords } from '../messages/notices.ts';
import { ForgeError } from '../ports/forge.ts';
import type { Sql, Store } from '../ports/store.ts';
import { nextCreation } from '../publish/budget.ts';
import { closeGone, forgetGone, writeAnew } from '../store/gone.ts';
import { type DuePublication, duePublications, nextDue } from '../store/publications.ts';
import type { OutboxDeps } from './outbox-deps.ts';
import { bindIssue, minimal, type Rendered, render } from './render-publication.ts';
import { roomRepository } from './room-repository.ts';
import { findOurs, isIssue, prepare, type Sent, sendCreation, sendEdit } from './send-publication.ts';
import { settleMentions } from './settle-mentions.ts';

export type { OutboxDeps } from './outbox-deps.ts';

/** Longest wait after failures in a row, and wait after an answer we did not get before looking again. */
const longestBackoffMs = 600_000;
const unknownWaitMs = 5_000;

/** Writes of any kind in any minute; GitHub counts 5 points a write and allows 900 a minute. */
const writesPerMinute = 90;

export interface Outbox {
  /** Sends at most one thing. `again` when there may be more now; else when to look next, if known. */
  step(): Promise<OutboxStep>;
}

interface OutboxStep {
  again: boolean;
  at?: Date;
  /** The issue of an incident was to be opened. */
  opening?: boolean;
}

/** The one way to GitHub: budget, order, idempotency, coalescing, retry. */
export function createOutbox(deps: OutboxDeps): Outbox {
  let writes: number[] = [];
  /** Publications whose issue GitHub refuses to create with what they say. */
  const refused = new Set<string>();

  async function step(): Promise<OutboxStep> {
    const now = deps.clock.now();
    if (deps.stopped() !== undefined) return { again: false, at: new Date(now.getTime() + 5_000) };
    writes = writes.filter((at) => at > now.getTime() - 60_000);
    if (writes.length >= writesPerMinute) return { again: false, at: new Date((writes[0] ?? 0) + 60_001) };
    const due = await duePublications(deps.store, now, deps.rooms.keys(), 50);
    const sent = await creationsSent(deps.store, now);
    let wait: number | undefined;
    for (const publication of due) {
      if (publication.remoteId === null) {
        const at = nextCreation(sent, now.getTime(), limits(), publication.priority);
        if (at > now.getTime()) {
          wait = Math.min(wait ?? at, at);
          continue;
        }
      }
      if (await send(publication)) writes.push(now.getTime());
      return { again: true, opening: publication.kind === 'issue' && publication.remoteId === null };
    }
    const next = (await nextDue(deps.store))?.getTime();
    const at = [wait, next].filter((t) => t !== undefined && t > now.getTime()) as number[];
    return at.length === 0 ? { again: false } : { again: false, at: new Date(Math.min(...at)) };
  }

  function limits() {
    const { creationsPerHour, creationsPerMinute } = deps.policy.current().budgets;
    return { perHour: creationsPerHour, perMinute: creationsPerMinute };
  }

  /** Returns whether a write went out. */
  async function send(due: DuePublication): Promise<boolean> {
    let publication = due;
    try {
      if (publication.attemptedAt && (await lookedFor(publication, publication.attemptedAt))) return false;
      publication = await settleMentions(deps, due);
      const full = await render(deps, publication);
      const rendered = full && refused.has(publication.id) ? minimal(deps, publication, full) : full;
      if (!rendered) return settle(publication, {});
      const hash = sha256(
        `${rendered.title ?? ''}\n${rendered.labels.map((l) => l.name).join()}\n${rendered.state ?? ''}\n${rendered.body}`,
      );
      if (publication.remoteId !== null && hash === publication.sentHash) return settle(publication, {});
      const sent =
        publication.remoteId === null
          ? await create(publication, rendered)
          : await sendEdit(deps, publication, rendered);
      refused.delete(publication.id);
      if (sent) await confirm(publication, rendered, hash, sent);
      return true;
    } catch (error) {
      await failed(publication, error);
      return true;
    }
  }

  /**
   * An earlier attempt was never answered: what it made is taken as it stands, to be edited to what is true now. While it
   * can still arrive nothing is sent. False when it certainly made nothing.
   */
  async function lookedFor(publication: DuePublication, attemptedAt: Date): Promise<boolean> {
    const found = await findOurs(deps, publication);
    const now = deps.clock.now();
    if (found) {
      await deps.store.transaction(async (tx) => {
        await incidentFirst(tx, publication);
        await tx.query(
          `update publication set remote_id = $2, attempted_at = null, sent_hash = null, sent = $3, sent_at = $4,
             attempts = 0, error = null, not_before = null where id = $1`,
          [publication.id, found.remoteId, found.state ?? null, now],
        );
        await bindIssue(deps, tx, publication, found.remoteId);
      });
      return true;
    }
    const arrived = new Date(attemptedAt.getTime() + deps.arrivalMs);
    if (now < arrived) {
      const next = new Date(Math.min(arrived.getTime(), now.getTime() + unknownWaitMs));
      await deps.store.query('update publication set not_before = $2 where id = $1', [publication.id, next]);
      return true;
    }
    await deps.store.query('update publication set attempted_at = null where id = $1', [publication.id]);
    return false;
  }

  async function create(publication: DuePublication, rendered: Rendered): Promise<Sent> {
    await prepare(deps, publication, rendered);
    const at = deps.clock.now();
    const counted = rendered.counts
      ? await deps.store.query<{ id: string }>('insert into creation (at) values ($1) returning id', [
          new Date(at.getTime() + deps.arrivalMs),
        ])
      : undefined;
    await deps.store.query('update publication set attempted_at = $2 where id = $1', [publication.id, at]);
    const answered = () =>
      deps.store.query('update creation set at = $2 where id = $1', [counted?.rows[0]?.id ?? null, deps.clock.now()]);
    try {
      const sent = await sendCreation(deps, publication, rendered);
      await answered();
      return sent;
    } catch (error) {
      // No answer, or none that says whether it was done: it may exist, and it counts until it can no longer arrive.
      if (!(error instanceof ForgeError) || error.reason === 'unknown') throw error;
      await deps.store.query('update publication set attempted_at = null where id = $1', [publication.id]);
      await answered();
      throw error;
    }
  }

  async function confirm(publication: DuePublication, rendered: Rendered, hash: string, sent: Sent): Promise<void> {
    await deps.store.transaction(async (tx) => {
      await incidentFirst(tx, publication);
      await tx.query(
        `update publication set remote_id = $2, attempted_at = null, sent_hash = $3, sent = $4, sent_at = $5,
           edits = edits + case when remote_id is null then 0 else 1 end, attempts = 0, error = null,
           priority = case when kind = 'issue' then least(priority, 2) else priority end,
           not_before = $6, dirty = touched <> $7 where id = $1`,
        [
          publication.id,
          sent.remoteId,
          hash,
          sent.state ?? null,
          deps.clock.now(),
          new Date(deps.clock.now().getTime() + editGapMs(publication)),
          publication.touched,
        ],
      );
      await rendered.onConfirmed?.(tx, sent);
    });
  }

  async function settle(publication: DuePublication, more: { error?: string }): Promise<boolean> {
    await deps.store.query('update publication set dirty = touched <> $2, error = $3 where id = $1', [
      publication.id,
      publication.touched,
      more.error ?? null,
    ]);
    return false;
  }

  async function failed(publication: DuePublication, error: unknown): Promise<void> {
    const forge = error instanceof ForgeError ? error : undefined;
    const sentence = error instanceof Error ? error.message : String(error);
    deps.log(`could not publish ${publication.key}: ${sentence}`);
    const ofRoom = await deps.rooms.refused(publication.room, error);
    const gone =
      forge?.reason === 'validation' ||
      (forge?.reason === 'not-found' && !ofRoom && (publication.remoteId !== null || !isIssue(publication)));
    if (!ofRoom && (await endedAsGone(publication, forge))) return;
    // An incident without an issue is an alert nobody sees: that is tried for ever, with as little as can be said.
    const essential = publication.kind === 'issue' && isIssue(publication) && publication.remoteId === null;
    const refusal = gone && publication.attempts >= 3;
    if (refusal && !essential) {
      await settle(publication, { error: cutText(sentence, 500) });
      return;
    }
    if (refusal) refused.add(publication.id);
    const backing = refusal ? longestBackoffMs : Math.min(longestBackoffMs, 1_000 * 2 ** publication.attempts);
    const wait = forge?.reason === 'unknown' ? unknownWaitMs : backing;
    const limited = forge?.reason === 'secondary-limit' || forge?.reason === 'primary-limit';
    const next = limited ? null : new Date(deps.clock.now().getTime() + wait);
    await deps.store.query(
      'update publication set attempts = attempts + $4, error = $2, not_before = $3 where id = $1',
      [publication.id, cutText(sentence, 500), next, limited ? 0 : 1],
    );
  }

  /**
   * When an issue is gone for certain, whatever webhook about that was lost. That of an incident is written anew, since
   * nobody known with the right to end it took it away. A list is forgotten, and made anew when it next changes.
   */
  async function endedAsGone(publication: DuePublication, failure: ForgeError | undefined): Promise<boolean> {
    const { kind, incidentId, attempts } = publication;
    const onIssue = publication.onIssue ?? publication.remoteId;
    const ownIssue = kind === 'issue' || isIssue(publication);
    if (!ownIssue || onIssue === null || attempts < 3 || !saysGone(failure)) return false;
    const repo = roomRepository(publication.room, deps.repo);
    const issue = await deps.forge.issue(repo, onIssue).catch((error: unknown) => error);
    if (!(issue instanceof ForgeError) || !saysGone(issue)) return false;
    if (await deps.rooms.refused(publication.room, issue)) return false;
    if (incidentId === null) {
      deps.log(`#${onIssue} is gone: its ${kind} is made anew when it next changes`);
      await forgetGone(deps.store, publication);
      return true;
    }
    deps.log(`#${onIssue} is gone, nobody knows by whom: its incident goes on in a new issue if it is open`);
    const policy = deps.policy.current();
    const now = deps.clock.now();
    const how = issue.status === 301 ? 'transferred' : 'deleted';
    const notice = noticeWords(roomOf(policy, publication.room).language).goesOn(onIssue, undefined, how);
    await deps.store.transaction(async (tx) => {
      await incidentFirst(tx, publication);
      const gone = { incidentId, issue: onIssue, how: 'not found any more', notice };
      if (!(await writeAnew(tx, now, policy.commit, gone))) await closeGone(tx, now, policy.commit, gone);
    });
    return true;
  }

  return { step };
}

/** Deleted (404, 410) or moved to another repository (301). */
function saysGone(error: ForgeError | undefined): boolean {
  return error?.reason === 'not-found' || error?.status === 301;
}

/** Everybody else locks an incident before its publications; the other way round two would wait for each other. */
async function incidentFirst(tx: Sql, { incidentId }: DuePublication): Promise<void> {
  if (incidentId !== null) await tx.query('select 1 from incident where id = $1 for no key update', [incidentId]);
}

/** The first edits go at once; an issue that is edited all the time is edited at most once a minute. */
function editGapMs(publication: DuePublication): number {
  if (publication.kind === 'digest' || publication.kind === 'inventory') return 300_000;
  if (publication.kind === 'data' || publication.kind === 'queue') return 60_000;
  return publication.kind === 'issue' ? Math.min(60_000, publication.edits < 10 ? 500 : publication.edits * 500) : 0;
}

/** Creations that can have arrived within the last hour, in milliseconds; older ones are forgotten. */
async function creationsSent(store: Store, now: Date): Promise<number[]> {
  const found = await store.query<{ at: Date }>('select at from creation where at > $1', [
    new Date(now.getTime() - 3_600_000),
  ]);
  return found.rows.map((row) => row.at.getTime());
}
