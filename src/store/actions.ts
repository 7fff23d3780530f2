import type { EntityType } from '../domain/entity.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import type { Task, TaskStatus } from '../domain/task.ts';
import type { Sql } from '../ports/store.ts';

interface RecommendationRow {
  incident_id: string;
  number: number;
  action: string;
  target_type: EntityType;
  target_value: string;
  resources: string[];
  duration: number;
  rule: string;
  policy_commit: string;
  evidence: string[];
  because: string;
  requested_by: string;
  requested_by_id: string | null;
  status: Recommendation['status'];
  replaced_by: number | null;
  confirmed_at: Date | null;
  waits_since: Date | null;
  approvals: string[];
  approver_ids: (string | null)[];
  hash: string;
}

/** A recommendation with the hash it was made with. */
export type StoredRecommendation = Recommendation & { hash: string };

/** Recommendations of an incident in order of number. */
export async function loadRecommendations(sql: Sql, incident: string): Promise<StoredRecommendation[]> {
  const found = await sql.query<RecommendationRow>(
    'select * from recommendation where incident_id = $1 order by number',
    [incident],
  );
  return found.rows.map((r) => ({
    id: `R${r.number}`,
    incidentId: r.incident_id,
    action: r.action,
    target: { type: r.target_type, value: r.target_value },
    resources: r.resources,
    duration: r.duration,
    rule: r.rule,
    policyCommit: r.policy_commit,
    evidence: r.evidence,
    because: r.because,
    requestedBy: r.requested_by,
    status: r.status,
    approvals: r.approvals,
    approverIds: r.approver_ids.map((id) => (id === null ? undefined : Number(id))),
    hash: r.hash,
    ...(r.requested_by_id === null ? {} : { requestedById: Number(r.requested_by_id) }),
    ...(r.replaced_by === null ? {} : { replacedBy: `R${r.replaced_by}` }),
    ...(r.confirmed_at === null ? {} : { confirmedAt: r.confirmed_at }),
    ...(r.waits_since === null ? {} : { waitsSince: r.waits_since }),
  }));
}

interface TaskRow {
  incident_id: string;
  number: number;
  recommendation: number;
  action: string;
  target_type: EntityType;
  target_value: string;
  resource: string;
  status: TaskStatus;
  expires_at: Date | null;
  requested_by: string;
  approved_by: string[];
  policy_commit: string;
  detail: string;
  created_at: Date;
  updated_at: Date;
}

/** Tasks of an incident in order of number. */
export async function loadTasks(sql: Sql, incident: string): Promise<Task[]> {
  const found = await sql.query<TaskRow>('select * from task where incident_id = $1 order by number', [incident]);
  return found.rows.map(toTask);
}

/** Tasks whose time to be looked at has come, oldest first. */
export async function dueTasks(sql: Sql, now: Date, limit: number): Promise<Task[]> {
  const found = await sql.query<TaskRow>('select * from task where due_at <= $1 order by due_at limit $2', [
    now,
    limit,
  ]);
  return found.rows.map(toTask);
}

function toTask(r: TaskRow): Task {
  return {
    id: `T${r.number}`,
    incidentId: r.incident_id,
    recommendation: `R${r.recommendation}`,
    action: r.action,
    target: { type: r.target_type, value: r.target_value },
    resource: r.resource,
    status: r.status,
    requestedBy: r.requested_by,
    approvedBy: r.approved_by,
    policyCommit: r.policy_commit,
    detail: r.detail,
    createdAt: r.created_at,
    updatedAt: r.updated_at,
    ...(r.expires_at === null ? {} : { expiresAt: r.expires_at }),
  };
}

/** Tasks of any incident that hold a target now, or are about to, and the room each belongs to. */
export async function tasksOnTarget(
  sql: Sql,
  action: string,
  target: { type: string; value: string },
): Promise<(Task & { room: string })[]> {
  const found = await sql.query<TaskRow & { room: string }>(
    `select t.*, i.room from task t join incident i on i.id = t.incident_id
     where t.action = $1 and t.target_type = $2 and t.target_value = $3
       and t.status in ('planned', 'applying', 'active', 'unverified') order by t.incident_id, t.number`,
    [action, target.type, target.value],
  );
  return found.rows.map((row) => ({ ...toTask(row), room: row.room }));
}

/** Tasks of any incident that hold something and wait for nothing but their end. */
export async function tasksAtRest(sql: Sql): Promise<Task[]> {
  const found = await sql.query<TaskRow>(
    `select * from task where status in ('active', 'unverified') order by incident_id, number`,
  );
  return found.rows.map(toTask);
}

/** Tasks that hold something on a resource now. */
export async function tasksHolding(sql: Sql, resource: string): Promise<Task[]> {
  const found = await sql.query<TaskRow>(
    `select * from task where resource = $1 and status in ('applying', 'active', 'unverified') order by incident_id, number`,
    [resource],
  );
  return found.rows.map(toTask);
}
