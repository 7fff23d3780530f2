import { needsSomebodyNow } from '../domain/alert.ts';
import type { Incident } from '../domain/incident.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { defaultRoom, roomOf } from '../domain/room.ts';
import { atLeast } from '../domain/severity.ts';
import { noticeWords } from '../messages/notices.ts';
import type { RepoRef } from '../ports/forge.ts';
import type { Sql } from '../ports/store.ts';
import { isManaged, type Label } from '../publish/labels.ts';
import { marker } from '../publish/marker.ts';
import { queueLimit, renderQueue } from '../publish/queue.ts';
import { renderReceipt, renderRefusals } from '../publish/receipt.ts';
import { bodyBudget, renderIssue } from '../publish/render-issue.ts';
import { loadReceipt, loadRefusals } from '../store/commands.ts';
import { loadIncidentView } from '../store/incident-view.ts';
import { appendLedger } from '../store/ledger.ts';
import { type DuePublication, openAgain, touchWhole } from '../store/publications.ts';
import { keyOfQueue, loadQueue, openElsewhere } from '../store/queue.ts';
import type { OutboxDeps } from './outbox-deps.ts';
import { digestRendered, inventoryRendered } from './render-quiet.ts';
import { roomRepository } from './room-repository.ts';
import type { Sent } from './send-publication.ts';
import { shownInOf } from './shown-in.ts';

/** What is to stand on GitHub. */
export interface Rendered {
  title?: string;
  body: string;
  /** The body with what people wrote into its Notes section since. */
  withNotes?(notes: string): string;
  labels: Label[];
  /** Who took it, or was asked to. */
  assignee?: string;
  state?: 'open' | 'closed';
  stateReason?: 'completed' | 'not_planned' | 'duplicate';
  /** Whether its creation counts against the budget. */
  counts: boolean;
  /** What to write down in the same transaction that notes it as sent. */
  onConfirmed?(tx: Sql, sent: Sent): Promise<void>;
}

/** Renders a publication from what we know now; undefined when there is nothing to publish any more. */
export async function render(deps: OutboxDeps, publication: DuePublication): Promise<Rendered | undefined> {
  const { kind, incidentId, key } = publication;
  if (kind === 'issue' && incidentId !== null) return renderIncident(deps, publication, incidentId);
  // Merged before it had an issue, so it never gets one; what is said of it is said where its alerts are now.
  if (kind === 'comment' && (publication.onIssue === null || isForNobody(publication))) return undefined;
  if (kind === 'comment' && publication.text !== null)
    return { body: `${publication.text}\n\n${marker('comment', key)}`, labels: [], counts: true };
  if (kind === 'receipt') {
    const receipt = await loadReceipt(deps.store, key.slice('receipt:'.length));
    if (!receipt) return undefined;
    const { language } = roomOf(deps.policy.current(), publication.room);
    const body = renderReceipt(receipt.commentId, receipt.author, receipt.lines, language);
    return { body, labels: [], counts: true };
  }
  if (kind === 'refusal' && publication.onIssue !== null) {
    const { room, onIssue } = publication;
    const refusals = await loadRefusals(deps.store, { room, issue: onIssue });
    return { body: renderRefusals(publication.onIssue, refusals), labels: [], counts: true };
  }
  if (kind === 'data' && incidentId !== null) return renderWhole(deps, incidentId);
  if (kind === 'queue') {
    return { ...(await renderRoomQueue(deps, publication)), labels: [], counts: true, state: 'open' };
  }
  if (kind === 'inventory') return inventoryRendered(deps, publication.room);
  if (kind === 'digest') return digestRendered(deps, publication);
  if (kind === 'notice' && publication.text !== null) {
    const [title = '', ...body] = publication.text.split('\n');
    return { title, body: `${body.join('\n')}\n\n${marker('notice', key)}`, labels: [], counts: true };
  }
  return undefined;
}

/** Whether it was said only to mention somebody, and nobody is left. */
function isForNobody({ mentions }: DuePublication): boolean {
  return mentions !== null && 'told' in mentions && mentions.only === true && mentions.told.length === 0;
}

/** The queue of a room, and how much is open in the others; a restricted one is only counted. */
async function renderRoomQueue(
  deps: OutboxDeps,
  { room, sent }: DuePublication,
): Promise<{ title: string; body: string }> {
  const policy = deps.policy.current();
  const others = (await openElsewhere(deps.store, room)).map((one) => ({ ...one, ...roomOf(policy, one.room) }));
  const named = ({ owner, name }: RepoRef) => `${owner}/${name}`;
  const elsewhere = {
    rooms: others
      .filter(({ restricted }) => !restricted)
      .map((one) => ({ repository: named(roomRepository(one.room, deps.repo)), open: one.open })),
    restricted: others.reduce((sum, { restricted, open }) => sum + (restricted ? open : 0), 0),
  };
  const now = deps.clock.now();
  const queue = await loadQueue(deps.store, room, now, queueLimit);
  const pinned = sent?.pin?.refused === undefined;
  return renderQueue(queue, roomOf(policy, room), now, { elsewhere, pinned });
}

/**
 * An incident's issue when GitHub refuses the whole of it: its title, and where the text is. Nothing counts as shown,
 * and the next edit tries the whole again.
 */
export function minimal(deps: OutboxDeps, publication: DuePublication, full: Rendered): Rendered {
  const id = publication.incidentId ?? '';
  const words = noticeWords(roomOf(deps.policy.current(), publication.room).language);
  return {
    title: full.title ?? '',
    body: `${words.notTaken(`\`incidents/${id}.md\``, '`yagura/data`')}\n\n${marker('issue', id)}`,
    labels: [],
    counts: full.counts,
    async onConfirmed(tx, sent) {
      await bindIssue(deps, tx, publication, sent.remoteId);
      await touchWhole(tx, id, deps.clock.now());
      await tx.query('update publication set sent_hash = null, dirty = true, touched = touched + 1 where id = $1', [
        publication.id,
      ]);
    },
  };
}

/** Alerts the full text of an incident lists; past it the store has the rest. */
const wholeLimit = 10_000;

/** The full text of an incident whose issue had to be cut, as a file. */
async function renderWhole(deps: OutboxDeps, id: string): Promise<Rendered | undefined> {
  const view = await viewOf(deps, id, wholeLimit);
  if (!view) return undefined;
  const issue = renderIssue(view, Number.POSITIVE_INFINITY);
  return { title: `incidents/${id}.md`, body: issue.body, labels: [], counts: false };
}

/** What there is to show of an incident; of a restricted one also who else would read what its actions write. */
async function viewOf(deps: OutboxDeps, id: string, limit?: number): Promise<IncidentView | undefined> {
  const now = deps.clock.now();
  const context = { policy: deps.policy, now, ...(limit === undefined ? {} : { limit }) };
  const view = await loadIncidentView(deps.store, id, context);
  return view && { ...view, shownIn: shownInOf(deps, view.incident.room ?? defaultRoom) };
}

async function renderIncident(
  deps: OutboxDeps,
  publication: DuePublication,
  id: string,
): Promise<Rendered | undefined> {
  const view = await viewOf(deps, id);
  if (!view) return undefined;
  const { incident } = view;
  const assignee = incident.owner ?? incident.asked;
  if (incident.status === 'merged' && publication.remoteId === null) return undefined;
  // The one that is sent: Notes that were written meanwhile may leave less room than these.
  let issue = renderIssue(view, bodyBudget);
  const rendered: Rendered = {
    title: issue.title,
    body: issue.body,
    withNotes(notes) {
      issue = renderIssue({ ...view, notes }, bodyBudget);
      return issue.body;
    },
    labels: issue.labels,
    ...(assignee === undefined ? {} : { assignee }),
    counts: true,
    ...closing(incident),
    async onConfirmed(tx, sent) {
      // Only what stands in the body can have been read: an approval binds to that.
      const shown = view.recommendations.filter((r) => r.confirmedAt === undefined && issue.listed.includes(r.id));
      const ledger: LedgerEntry[] = shown.map((r) => ({
        kind: 'recommendation.confirmed',
        incidentId: id,
        body: { recommendation: r.id, hash: r.hash, at: sent.at.toISOString() },
      }));
      if (publication.remoteId === null) await bindIssue(deps, tx, publication, sent.remoteId);
      if (publication.adopted && publication.remoteId === null)
        // The comment stands; labels, state and who has it come with the next edit of the adopted issue.
        await tx.query('update publication set sent_hash = null, dirty = true, touched = touched + 1 where id = $1', [
          publication.id,
        ]);
      if (issue.cut) await touchWhole(tx, id, deps.clock.now());
      if (shown.length > 0)
        await tx.query(
          'update recommendation set confirmed_at = $3 where incident_id = $1 and number = any($2::int[]) and confirmed_at is null',
          [id, shown.map((r) => Number(r.id.slice(1))), sent.at],
        );
      await appendLedger(tx, deps.clock.now(), view.policy.commit, ledger);
    },
  };
  return publication.adopted ? { ...rendered, labels: rendered.labels.filter((l) => isManaged(l.name)) } : rendered;
}

/** Notes that an incident's issue exists; nothing for what is no incident's own issue. */
export async function bindIssue(
  deps: OutboxDeps,
  tx: Sql,
  publication: DuePublication,
  remoteId: number,
): Promise<void> {
  const { kind, incidentId, adopted } = publication;
  if (kind !== 'issue' || incidentId === null || adopted) return;
  const bound = await tx.query<Pick<Incident, 'kind' | 'pressing' | 'severity'>>(
    'update incident set issue = $2 where id = $1 returning kind, pressing, severity',
    [incidentId, remoteId],
  );
  const urgent = bound.rows.some((one) => needsSomebodyNow(one) && atLeast(one.severity, 'high'));
  if (urgent) await openAgain(tx, keyOfQueue(publication.room));
  const entry: LedgerEntry = { kind: 'publication', incidentId, body: { issue: remoteId } };
  await appendLedger(tx, deps.clock.now(), deps.policy.current().commit, [entry]);
}

function closing({ status, verdict, settled }: Incident): Pick<Rendered, 'state' | 'stateReason'> {
  if (status === 'open') return { state: 'open' };
  if (status === 'merged' || verdict === 'duplicate') return { state: 'closed', stateReason: 'duplicate' };
  if (settled && verdict === 'not-assessed')
    return { state: 'closed', stateReason: settled.how === 'fixed' ? 'completed' : 'not_planned' };
  const nothing = verdict === 'false-positive' || verdict === 'benign' || verdict === 'disregard' || verdict === 'test';
  return { state: 'closed', stateReason: nothing ? 'not_planned' : 'completed' };
}
