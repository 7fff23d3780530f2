import type { LedgerEntry } from '../domain/ledger.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import type { Task, TaskStatus } from '../domain/task.ts';
import type { Sql } from '../ports/store.ts';

/** Makes one task for each resource of a recommendation; the executor finds them due at once. Returns their ids. */
export async function createTasks(
  tx: Sql,
  r: Recommendation,
  approvedBy: string[],
  policyCommit: string,
  now: Date,
): Promise<{ ids: string[]; ledger: LedgerEntry[] }> {
  const last = await tx.query<{ n: number | null }>('select max(number) as n from task where incident_id = $1', [
    r.incidentId,
  ]);
  const first = (last.rows[0]?.n ?? 0) + 1;
  const expiresAt = new Date(now.getTime() + r.duration * 1000);
  for (const [k, resource] of r.resources.entries())
    await tx.query(
      `insert into task (incident_id, number, recommendation, action, target_type, target_value, resource, status, expires_at,
         requested_by, approved_by, policy_commit, created_at, updated_at, due_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'planned', $8, $9, $10, $11, $12, $12, $12)`,
      [
        r.incidentId,
        first + k,
        Number(r.id.slice(1)),
        r.action,
        r.target.type,
        r.target.value,
        resource,
        expiresAt,
        r.requestedBy,
        approvedBy,
        policyCommit,
        now,
      ],
    );
  const ids = r.resources.map((_, k) => `T${first + k}`);
  const ledger = r.resources.map((resource, k): LedgerEntry => {
    const { action, target, requestedBy, id } = r;
    const body = { task: `T${first + k}`, status: 'planned', action, target, resource, recommendation: id };
    return {
      kind: 'task',
      incidentId: r.incidentId,
      body: { ...body, requestedBy, approvedBy, expiresAt: expiresAt.toISOString() },
    };
  });
  return { ids, ledger };
}

/**
 * Moves a task on and says when to look again; what it was before stands in the ledger. Undefined when the task is not
 * what it was any more: somebody undid it meanwhile, or gave it another end, and that must not be lost.
 */
export async function moveTask(
  tx: Sql,
  task: Task,
  to: { status: TaskStatus; detail: string; dueAt: Date | null; attempts?: number },
  now: Date,
): Promise<LedgerEntry | undefined> {
  const moved = await tx.query(
    `update task set status = $3, detail = $4, due_at = $5, attempts = $6, updated_at = $7
     where incident_id = $1 and number = $2 and status = $8 
       and date_trunc('milliseconds', expires_at) is not distinct from $9`,
    [
      task.incidentId,
      Number(task.id.slice(1)),
      to.status,
      to.detail,
      to.dueAt,
      to.attempts ?? 0,
      now,
      task.status,
      task.expiresAt ?? null,
    ],
  );
  if (moved.rowCount === 0) return undefined;
  const body = { task: task.id, from: task.status, status: to.status, detail: to.detail, resource: task.resource };
  return { kind: 'task', incidentId: task.incidentId, body: { ...body, action: task.action, target: task.target } };
}
