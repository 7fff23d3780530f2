import type { Account } from '../domain/account.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { approvedBy, type Recommendation, recommendationHash } from '../domain/recommendation.ts';
import type { Sql } from '../ports/store.ts';
import type { StoredRecommendation } from './actions.ts';

/** The content of a recommendation that is not there yet. */
export type NewRecommendation = Pick<
  Recommendation,
  'action' | 'target' | 'resources' | 'duration' | 'rule' | 'evidence' | 'because'
>;

/**
 * Brings Yagura's open recommendations in line with what is proposed now: an equal one stays, a changed one is
 * replaced under a new number, one no longer proposed is withdrawn. One that was executed stands until all its tasks
 * have ended and a record about its target came in after that: then it is proposed under a new number. What people
 * asked for is left alone.
 */
export async function saveProposals(
  tx: Sql,
  incident: string,
  proposed: NewRecommendation[],
  existing: StoredRecommendation[],
  policyCommit: string,
): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  const mine = existing.filter((r) => r.requestedBy === 'yagura');
  const gone = await overAndSeenAgain(tx, incident);
  const open = mine.filter((r) => r.status === 'open');
  let number = existing.length;
  const kept = new Set<string>();
  for (const proposal of proposed) {
    const same = standingFor(
      proposal,
      mine.filter((r) => r.status !== 'replaced' && r.status !== 'withdrawn' && !gone.has(r.id)),
      proposed,
      kept,
    );
    if (same && (same.status !== 'open' || sameContent(same, proposal))) {
      kept.add(same.id);
      continue;
    }
    number += 1;
    const made = make(incident, number, proposal, { login: 'yagura' }, policyCommit);
    await insertRecommendation(tx, made);
    entries.push(madeEntry(made));
    if (!same) continue;
    kept.add(same.id);
    await setStatus(tx, incident, same.id, 'replaced', number);
    entries.push({ kind: 'recommendation.replaced', incidentId: incident, body: { from: same.id, by: made.id } });
  }
  for (const left of open.filter((r) => !kept.has(r.id))) {
    await setStatus(tx, incident, left.id, 'withdrawn', null);
    entries.push({ kind: 'recommendation.replaced', incidentId: incident, body: { from: left.id, by: null } });
  }
  return entries;
}

/**
 * The recommendation that stands for a proposal already: of its rule, or one that was answered and has all its resources,
 * or one whose rule proposes nothing for the target any more.
 */
function standingFor(
  proposal: NewRecommendation,
  mine: StoredRecommendation[],
  proposed: NewRecommendation[],
  kept: ReadonlySet<string>,
): StoredRecommendation | undefined {
  const about = mine.filter((r) => sameTarget(r, proposal));
  return (
    about.find((r) => r.rule === proposal.rule) ??
    about.find((r) => r.status !== 'open' && proposal.resources.every((id) => r.resources.includes(id))) ??
    about.find((r) => !kept.has(r.id) && !proposed.some((p) => sameTarget(r, p) && p.rule === r.rule))
  );
}

/** Executed ones that hold nothing any more, where a record about the target came in after the last of their tasks ended. */
async function overAndSeenAgain(tx: Sql, incident: string): Promise<Set<string>> {
  const found = await tx.query<{ number: number }>(
    `with over as (
       select recommendation as number, target_type, target_value, max(updated_at) as ended from task
       where incident_id = $1 group by 1, 2, 3 having bool_and(status in ('undone', 'expired', 'failed'))
     )
     select o.number from over o join recommendation r on r.incident_id = $1 and r.number = o.number
     where r.status = 'executed' and exists (
       select 1 from alert a
       join alert_entity e on e.alert_id = a.id and e.type = o.target_type and e.value = o.target_value
       join alert_raw ar on ar.alert_id = a.id join raw_record w on w.id = ar.raw_id
       where a.incident_id = $1 and w.received_at > o.ended)`,
    [incident],
  );
  return new Set(found.rows.map((row) => `R${row.number}`));
}

/** A recommendation with its number; numbers are never used again. */
export function make(
  incidentId: string,
  number: number,
  proposal: NewRecommendation,
  requester: Account,
  policyCommit: string,
): StoredRecommendation {
  const { action, target, resources, duration, rule, evidence, because } = proposal;
  const content = { id: `R${number}`, incidentId, action, target, resources, duration, rule, evidence, because };
  const asked = requester.id === undefined ? {} : { requestedById: requester.id };
  const life = { requestedBy: requester.login, ...asked, policyCommit, status: 'open' as const, approvals: [] };
  const made: Recommendation = { ...content, ...life };
  return { ...made, hash: recommendationHash(made) };
}

/** Stores a new recommendation. */
export async function insertRecommendation(tx: Sql, r: StoredRecommendation): Promise<void> {
  await tx.query(
    `insert into recommendation (incident_id, number, action, target_type, target_value, resources, duration, rule,
       policy_commit, evidence, because, requested_by, requested_by_id, status, confirmed_at, approvals,
       approver_ids, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      r.incidentId,
      Number(r.id.slice(1)),
      r.action,
      r.target.type,
      r.target.value,
      r.resources,
      r.duration,
      r.rule,
      r.policyCommit,
      r.evidence,
      r.because,
      r.requestedBy,
      r.requestedById ?? null,
      r.status,
      r.confirmedAt ?? null,
      r.approvals,
      r.approvals.map((_, k) => r.approverIds?.[k] ?? null),
      r.hash,
    ],
  );
}

/** What the ledger keeps of a new recommendation: all that an approval binds to. */
export function madeEntry(r: StoredRecommendation): LedgerEntry {
  const { id, action, target, resources, duration, rule, evidence, requestedBy, requestedById, hash } = r;
  const asked = requestedById === undefined ? { requestedBy } : { requestedBy, requestedById };
  const body = { recommendation: id, action, target, resources, duration, rule, evidence, ...asked, hash };
  return { kind: 'recommendation', incidentId: r.incidentId, body };
}

/** Moves a recommendation on. */
export async function setStatus(
  tx: Sql,
  incident: string,
  id: string,
  status: Recommendation['status'],
  replacedBy: number | null = null,
): Promise<void> {
  await tx.query('update recommendation set status = $3, replaced_by = $4 where incident_id = $1 and number = $2', [
    incident,
    Number(id.slice(1)),
    status,
    replacedBy,
  ]);
}

/** Writes down who agreed so far, and what became of it by that. */
export async function setApprovals(
  tx: Sql,
  r: Pick<Recommendation, 'incidentId' | 'id'>,
  voices: Account[],
  status: 'open' | 'executed',
): Promise<void> {
  const { approvals, approverIds } = approvedBy(voices);
  await tx.query(
    'update recommendation set approvals = $3, approver_ids = $4, status = $5 where incident_id = $1 and number = $2',
    [r.incidentId, Number(r.id.slice(1)), approvals, approverIds.map((id) => id ?? null), status],
  );
}

function sameTarget(r: Recommendation, p: NewRecommendation): boolean {
  return r.action === p.action && r.target.type === p.target.type && r.target.value === p.target.value;
}

/** Evidence may grow without making it another proposal; what would be done may not change. */
function sameContent(r: Recommendation, p: NewRecommendation): boolean {
  return r.rule === p.rule && r.duration === p.duration && r.resources.join() === p.resources.join();
}
