import type { Sql } from '../ports.ts';

export type PublicationKind = 'issue' | 'comment' | 'receipt' | 'refusal' | 'view' | 'data' | 'notice';

/** One remote object that mirrors something of ours. */
export interface Publication {
  id: string;
  key: string;
  kind: PublicationKind;
  incidentId: string | null;
  issue: number | null;
  remoteId: number | null;
  text: string | null;
  priority: number;
  attemptedAt: Date | null;
  sentHash: string | null;
  sentAt: Date | null;
  edits: number;
  attempts: number;
  createdAt: Date;
}

/**
 * Says that the issue (or other single view) of these incidents no longer shows what we know. Makes the
 * publication when there is none yet.
 */
export async function markDirty(tx: Sql, at: Date, incidents: string[], kind: 'issue'): Promise<void> {
  if (incidents.length === 0) return;
  await tx.query(
    `insert into publication (key, kind, incident_id, priority, created_at)
     select $2 || ':' || i.id, $2, i.id, case when i.severity in ('high', 'critical') then 2 else 1 end, $3
     from incident i where i.id = any($1::bigint[])
     on conflict (key) do update set dirty = true, touched = publication.touched + 1, priority = greatest(publication.priority, excluded.priority)`,
    [incidents, kind, at],
  );
}

/** A comment with fixed text; the same key is never said twice. */
export async function say(
  tx: Sql,
  at: Date,
  comment: { key: string; incidentId: string; text: string; priority: number },
): Promise<void> {
  await tx.query(
    `insert into publication (key, kind, incident_id, text, priority, created_at) values ($1, 'comment', $2, $3, $4, $5)
     on conflict (key) do nothing`,
    [comment.key, comment.incidentId, comment.text, comment.priority, at],
  );
}
