import { standingOf } from '../commands/rights.ts';
import type { Incident } from '../domain/incident.ts';
import { type Severity, severities } from '../domain/severity.ts';
import type { ForgeEvent } from '../github/forge-event.ts';
import { noticeWords } from '../messages/notices.ts';
import type { Clock } from '../ports/clock.ts';
import type { Forge, ForgeIssue, ForgeUser, RepoRef } from '../ports/forge.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Sql, Store } from '../ports/store.ts';
import { isManaged } from '../publish/labels.ts';
import { person } from '../publish/text.ts';
import { closeGone, writeAnew } from '../store/gone.ts';
import { appendLedger } from '../store/ledger.ts';
import { ownPart } from '../store/own-part.ts';
import { say } from '../store/publications.ts';
import { reopenIncident } from '../store/reopen.ts';
import { policyInRoom } from './policy-in-room.ts';
import { roomRepository } from './room-repository.ts';

export interface ByHandDeps {
  store: Store;
  forge: Forge;
  clock: Clock;
  policy: PolicySource;
  repo: RepoRef;
  log(sentence: string): void;
}

/**
 * What somebody did to the issue of an incident with GitHub's own buttons: accepted from people with the right, put back
 * otherwise. Says in a few words what became of it.
 */
export async function byHand(
  given: ByHandDeps,
  incident: Incident,
  { issue, sender, action, label }: Extract<ForgeEvent, { kind: 'issue' }>,
): Promise<string> {
  const deps = inRoom(given, incident);
  const { id } = incident;
  if (action === 'deleted' || action === 'transferred' || action === 'locked' || action === 'unlocked')
    return issueGone(deps, id, issue, action, sender);
  if (action === 'closed' && incident.status === 'open') return closedByHand(deps, id, issue, sender);
  if (action === 'reopened' && incident.status === 'closed') return reopenedByHand(deps, id, issue, sender);
  if ((action === 'labeled' || action === 'unlabeled') && label !== undefined && isManaged(label))
    return labelledByHand(deps, id, issue, sender, action === 'labeled' ? label : '');
  // Whatever was edited outside of title and Notes is ours, and is put back even when nothing new is to be said.
  if (action === 'edited') return putBack(deps, id, {});
  return 'noted';
}

/** A change found with no webhook to say by whom: a close by somebody with the right is accepted, all else put back. */
export async function foundByHand(given: ByHandDeps, incident: Incident, issue: ForgeIssue): Promise<void> {
  const deps = inRoom(given, incident);
  await putBack(deps, incident.id, { state: issue.state, labels: issue.labels.filter(isManaged) });
  if (issue.state !== 'closed' || incident.status !== 'open') return;
  const { closedBy } = await deps.forge.issue(deps.repo, issue.number);
  if (closedBy?.type === 'User') await closedByHand(deps, incident.id, issue, closedBy);
}

/** Rights are those in the repository the issue stands in, and words those of its readers. */
function inRoom(deps: ByHandDeps, { room }: Incident): ByHandDeps {
  return { ...deps, repo: roomRepository(room, deps.repo), policy: policyInRoom(deps.policy, room) };
}

async function hasRight(deps: ByHandDeps, sender: ForgeUser): Promise<boolean> {
  return (await standingOf(sender.login, deps.policy.current(), deps.forge, deps.repo)).right !== 'reader';
}

/** Somebody with the right who is no part of the incident themselves. */
async function mayDecide(deps: ByHandDeps, id: string, sender: ForgeUser): Promise<boolean> {
  if (!(await hasRight(deps, sender))) return false;
  return (await ownPart(deps.store, id, sender.login, deps.policy.current())) === undefined;
}

/** Accepted from people with the right, and a verdict nobody gave asked once; put back otherwise. */
async function closedByHand(deps: ByHandDeps, id: string, issue: ForgeIssue, sender: ForgeUser): Promise<string> {
  if (!(await mayDecide(deps, id, sender))) return putBack(deps, id, { state: issue.state });
  const now = deps.clock.now();
  await deps.store.transaction(async (tx) => {
    await tx.query(
      `update incident set status = 'closed', closed_at = $2, closed_by = $3, investigate_at = null where id = $1`,
      [id, now, sender.login],
    );
    await tx.query(`update recommendation set status = 'withdrawn' where incident_id = $1 and status = 'open'`, [id]);
    const unsaid = await tx.query(`select 1 from incident where id = $1 and verdict = 'not-assessed'`, [id]);
    if (unsaid.rowCount > 0)
      await say(tx, now, {
        key: `ask-verdict:${id}`,
        incidentId: id,
        text: noticeWords(deps.policy.current().language).askVerdict,
        priority: 0,
      });
    await rebase(tx, id, { state: issue.state });
    const entry = { kind: 'incident.closed' as const, incidentId: id, body: { by: sender.login, how: 'button' } };
    await appendLedger(tx, now, deps.policy.current().commit, [entry]);
  });
  return 'closed by hand';
}

async function reopenedByHand(deps: ByHandDeps, id: string, issue: ForgeIssue, sender: ForgeUser): Promise<string> {
  if (!(await hasRight(deps, sender))) return putBack(deps, id, { state: issue.state });
  const now = deps.clock.now();
  await deps.store.transaction(async (tx) => {
    await reopenIncident(tx, id, { now, policy: deps.policy.current() });
    await rebase(tx, id, { state: issue.state });
    const entry = { kind: 'incident.reopened' as const, incidentId: id, body: { by: sender.login, how: 'button' } };
    await appendLedger(tx, now, deps.policy.current().commit, [entry]);
  });
  return 'reopened by hand';
}

async function labelledByHand(
  deps: ByHandDeps,
  id: string,
  issue: ForgeIssue,
  sender: ForgeUser,
  label: string,
): Promise<string> {
  const managed = issue.labels.filter(isManaged);
  const level = label.startsWith('severity: ') ? (label.slice('severity: '.length) as Severity) : undefined;
  const known = level !== undefined && level !== 'unknown' && severities.includes(level);
  if (!known || !(await mayDecide(deps, id, sender))) return putBack(deps, id, { labels: managed });
  const now = deps.clock.now();
  await deps.store.transaction(async (tx) => {
    await tx.query('update incident set severity = $2, severity_by = $3, investigate_at = $4 where id = $1', [
      id,
      level,
      sender.login,
      now,
    ]);
    await rebase(tx, id, { labels: managed });
    const body = { severity: level, by: sender.login, how: 'label' };
    await appendLedger(tx, now, deps.policy.current().commit, [{ kind: 'incident.changed', incidentId: id, body }]);
  });
  return 'severity set by label';
}

/** What people made of the issue is known and not accepted: the next edit puts ours back. */
async function putBack(deps: ByHandDeps, id: string, seen: Record<string, unknown>): Promise<string> {
  await rebase(deps.store, id, seen);
  return 'put back';
}

/** Takes what stands on GitHub as what the next edit starts from, so that ours is sent again. */
async function rebase(tx: Sql, id: string, seen: Record<string, unknown>): Promise<void> {
  await tx.query(
    `update publication set sent = coalesce(sent, '{}') || $2::jsonb, sent_hash = null, dirty = true, touched = touched + 1
     where key = $1`,
    [`issue:${id}`, JSON.stringify(seen)],
  );
}

async function issueGone(
  deps: ByHandDeps,
  id: string,
  issue: ForgeIssue,
  action: 'deleted' | 'transferred' | 'locked' | 'unlocked',
  sender: ForgeUser,
): Promise<string> {
  const gone = action === 'deleted' || action === 'transferred';
  const ends = gone && (await mayDecide(deps, id, sender));
  const { commit, language } = deps.policy.current();
  const now = deps.clock.now();
  await deps.store.transaction(async (tx) => {
    if (gone) {
      const notice = noticeWords(language).goesOn(issue.number, person(sender.login), action);
      const it = { incidentId: id, issue: issue.number, how: action, by: sender.login, notice };
      if (ends || !(await writeAnew(tx, now, commit, it))) await closeGone(tx, now, commit, it);
    } else
      await tx.query('update incident set people = people || $2::jsonb where id = $1', [
        id,
        JSON.stringify({ locked: action === 'locked' }),
      ]);
    const body = { issue: issue.number, action, by: sender.login };
    await appendLedger(tx, now, commit, [{ kind: 'tamper', incidentId: id, body }]);
  });
  deps.log(`issue #${issue.number} was ${action} by ${sender.login}`);
  return `noted: ${action}`;
}
