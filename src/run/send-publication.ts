import { maskSecrets } from '../domain/secrets.ts';
import { ForgeError, type ForgeIssue, type RepoRef } from '../ports/forge.ts';
import { isManaged } from '../publish/labels.ts';
import { hasMarker } from '../publish/marker.ts';
import { notesOf } from '../publish/notes.ts';
import type { DuePublication, SentState } from '../store/publications.ts';
import type { OutboxDeps } from './outbox-deps.ts';
import { pinQueue } from './pin-queue.ts';
import type { Rendered } from './render-publication.ts';
import { roomRepository } from './room-repository.ts';

/** What the forge confirmed. */
export interface Sent {
  /** Issue number or comment id. */
  remoteId: number;
  /** The forge's own time of the change. */
  at: Date;
  state?: SentState;
}

/** Whether it is an issue of its own, rather than a comment or a file. */
export const isIssue = (p: DuePublication): boolean =>
  (p.kind === 'issue' && !p.adopted) || ['notice', 'queue', 'digest', 'inventory'].includes(p.kind);

/** What must be there before it is created: labels. One that cannot be made is left to the forge's default. */
export async function prepare(deps: OutboxDeps, publication: DuePublication, rendered: Rendered): Promise<void> {
  if (isIssue(publication)) await ensureLabels(deps, publication.room, rendered);
}

/** Creates it, by one request. */
export async function sendCreation(deps: OutboxDeps, publication: DuePublication, rendered: Rendered): Promise<Sent> {
  const { forge } = deps;
  const repo = roomRepository(publication.room, deps.repo);
  if (publication.kind === 'data') return commitWhole(deps, repo, rendered);
  if (!isIssue(publication)) {
    if (publication.onIssue === null) throw new Error(`publication ${publication.key} has no issue to stand on`);
    const comment = await forge.createComment(repo, publication.onIssue, rendered.body);
    // The view of an adopted issue starts from no label of ours there; the next edit puts them on.
    const adopted = publication.kind === 'issue' && { state: { title: '', labels: [], state: 'open' as const } };
    return { remoteId: comment.id, at: comment.updatedAt, ...adopted };
  }
  const labels = rendered.labels.map((l) => l.name);
  const title = rendered.title ?? '';
  const issue = await forge.createIssue(repo, { title, body: rendered.body, labels });
  const pin = await pinQueue(deps, publication, issue.number);
  return { remoteId: issue.number, at: issue.updatedAt, state: { title, labels, state: 'open', ...pin } };
}

/** Changes it. What people changed on GitHub since we last sent is theirs and stays. */
export async function sendEdit(deps: OutboxDeps, publication: DuePublication, rendered: Rendered): Promise<Sent> {
  const { forge } = deps;
  const repo = roomRepository(publication.room, deps.repo);
  const remoteId = publication.remoteId ?? 0;
  if (publication.kind === 'data') return commitWhole(deps, repo, rendered);
  if (isIssue(publication)) return editIssue(deps, publication, rendered, remoteId);
  const comment = await forge.updateComment(repo, remoteId, rendered.body);
  if (publication.kind !== 'issue' || publication.onIssue === null) return { remoteId, at: comment.updatedAt };
  const { state } = await editIssue(deps, publication, rendered, publication.onIssue);
  return { remoteId, at: comment.updatedAt, ...(state ? { state } : {}) };
}

/** Title, body, labels, state and who has it; of an adopted issue neither title nor body. */
async function editIssue(
  deps: OutboxDeps,
  publication: DuePublication,
  rendered: Rendered,
  number: number,
): Promise<Sent> {
  const { forge } = deps;
  const repo = roomRepository(publication.room, deps.repo);
  const current = await forge.issue(repo, number);
  const base = publication.sent;
  const ours = rendered.labels.map((l) => l.name);
  const theirs = changedByPeople(current, base);
  if (!theirs.labels) await ensureLabels(deps, publication.room, rendered);
  const labels = theirs.labels ? current.labels : [...current.labels.filter((l) => !isManaged(l)), ...ours];
  const state = theirs.state ? current.state : (rendered.state ?? current.state);
  const title = theirs.title ? current.title : (rendered.title ?? current.title);
  // When the answer is lost, what this edit made of the issue must not be taken for somebody's wish.
  await deps.store.query(`update publication set sent = sent || jsonb_build_object('tried', $2::jsonb) where id = $1`, [
    publication.id,
    JSON.stringify({ title: maskSecrets(title), labels: ours, state }),
  ]);
  const assigned = await assign(deps, repo, rendered.assignee, current, base);
  const text = publication.adopted
    ? {}
    : {
        body: rendered.withNotes?.(notesOf(current.body) ?? '') ?? rendered.body,
        ...(theirs.title ? {} : { title }),
      };
  const pin = await pinQueue(deps, publication, number);
  const issue = await forge.updateIssue(repo, number, {
    ...text,
    ...(theirs.labels ? {} : { labels }),
    ...(state === current.state ? {} : stateChange(state, rendered)),
  });
  return {
    remoteId: number,
    at: issue.updatedAt,
    state: {
      title: base && theirs.title ? base.title : title,
      labels: base && theirs.labels ? base.labels : ours,
      state: theirs.state ? (base?.state ?? state) : state,
      ...(assigned === undefined ? {} : { assigned }),
      ...pin,
    },
  };
}

/**
 * Assigns whoever took the incident or is asked to, once, in place of whom we assigned before: people who unassign
 * themselves stay so, and whom people assigned is never removed. Not everybody can be assigned, so a forge that refuses is
 * left alone. Returns whom we assigned last.
 */
async function assign(
  deps: OutboxDeps,
  repo: RepoRef,
  login: string | undefined,
  current: ForgeIssue,
  base: SentState | null,
): Promise<string | undefined> {
  if (login === undefined || base?.assigned === login) return base?.assigned;
  const others = current.assignees.filter((one) => one !== login && one !== base?.assigned);
  if (others.length + 1 === current.assignees.length && current.assignees.includes(login)) return login;
  try {
    await deps.forge.updateIssue(repo, current.number, { assignees: [...others, login] });
  } catch (error) {
    if (!(error instanceof ForgeError) || !['validation', 'forbidden', 'not-found'].includes(error.reason)) throw error;
    deps.log(`${login} could not be assigned to #${current.number}: ${error.message}`);
  }
  return login;
}

/** What differs from all we ever sent, or may have sent, was changed by people and is theirs. */
function changedByPeople(current: ForgeIssue, base: SentState | null) {
  const known = base === null ? [] : [base, ...(base.tried ? [base.tried] : [])];
  const changed = (is: (sent: (typeof known)[number]) => boolean) => known.length > 0 && !known.some(is);
  const sorted = (labels: string[] | undefined) => [...(labels ?? [])].sort().join('\n');
  const managed = sorted(current.labels.filter(isManaged));
  return {
    title: changed((sent) => sent.title === current.title),
    labels: changed((sent) => sorted(sent.labels) === managed),
    state: changed((sent) => sent.state === undefined || sent.state === current.state),
  };
}

/** Branch of our own for what does not fit into an issue. */
const dataBranch = 'yagura/data';

/** Writes a full text to the data branch; a file has no number, so 0 stands for it. */
async function commitWhole(deps: OutboxDeps, repo: RepoRef, rendered: Rendered): Promise<Sent> {
  const path = rendered.title ?? 'incidents/unnamed.md';
  await deps.forge.commit(repo, dataBranch, `Full text of ${path}`, [{ path, content: Buffer.from(rendered.body) }]);
  return { remoteId: 0, at: deps.clock.now() };
}

function stateChange(state: 'open' | 'closed', rendered: Rendered) {
  return state === 'closed' ? { state, stateReason: rendered.stateReason ?? ('completed' as const) } : { state };
}

/** How far clocks and lists may lag behind an unanswered creation. */
const searchBackMs = 300_000;

/** Looks for what an unanswered creation may have made: our own app's text with the publication's marker. */
export async function findOurs(deps: OutboxDeps, publication: DuePublication): Promise<Sent | undefined> {
  const since = new Date((publication.attemptedAt ?? deps.clock.now()).getTime() - searchBackMs);
  const { botId } = await deps.forge.self();
  if (publication.kind === 'data') return undefined;
  const repo = roomRepository(publication.room, deps.repo);
  const [kind, key] = markerOf(publication);
  if (isIssue(publication)) {
    const issues = await deps.forge.issuesSince(repo, since);
    const found = issues.find((i) => i.user.id === botId && hasMarker(i.body, kind, key));
    return (
      found && {
        remoteId: found.number,
        at: found.updatedAt,
        state: { title: found.title, labels: found.labels.filter(isManaged), state: found.state },
      }
    );
  }
  if (publication.onIssue === null) return undefined;
  const comments = await deps.forge.comments(repo, publication.onIssue);
  const found = comments.find((c) => c.user.id === botId && hasMarker(c.body, kind, key));
  return found && { remoteId: found.id, at: found.updatedAt };
}

function markerOf(publication: DuePublication): [string, string] {
  const { kind, key } = publication;
  if (kind === 'issue') return ['issue', publication.incidentId ?? ''];
  // One a room: the repository says which.
  if (kind === 'queue') return ['queue', 'queue'];
  if (kind === 'receipt') return ['receipt', key.slice('receipt:'.length)];
  if (kind === 'refusal') return ['refusal', key.slice('refusal:'.length)];
  return [kind, key];
}

const known = new WeakMap<object, Set<string>>();

async function ensureLabels(deps: OutboxDeps, room: string, rendered: Rendered): Promise<void> {
  const made = known.get(deps.forge) ?? new Set<string>();
  known.set(deps.forge, made);
  for (const label of rendered.labels) {
    const key = `${room}:${label.name}`;
    if (made.has(key)) continue;
    try {
      await deps.forge.createLabel(roomRepository(room, deps.repo), label);
    } catch (error) {
      if (
        !(error instanceof ForgeError) ||
        (error.reason !== 'validation' && error.reason !== 'conflict' && error.reason !== 'forbidden')
      )
        throw error;
    }
    made.add(key);
  }
}
