import type { Policy } from '../domain/policy.ts';
import type { Sql } from '../ports/store.ts';
import { restateSeverity } from './restate.ts';
import { setTimesToMend } from './time-to-mend.ts';

/**
 * Opens a closed incident again by a person's word. What was told of it meanwhile holds now: how bad it is, and by when it
 * is to be mended.
 */
export async function reopenIncident(
  tx: Sql,
  id: string,
  { now, policy }: { now: Date; policy: Pick<Policy, 'vulnerabilities' | 'context'> },
): Promise<void> {
  await tx.query(
    `update incident set status = 'open', closed_at = null, closed_by = null, settled = null, settled_why = null,
       verdict = 'not-assessed', verdict_by = null, verdict_why = null, investigate_at = $2 where id = $1`,
    [id, now],
  );
  await restateSeverity(tx, [id]);
  await setTimesToMend(tx, policy, [id]);
}
