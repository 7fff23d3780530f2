import { needsSomebodyNow } from '../domain/alert.ts';
import type { Incident } from '../domain/incident.ts';
import type { Policy } from '../domain/policy.ts';
import type { Sql } from '../ports/store.ts';
import { mentionedFor } from '../publish/report-comment.ts';
import { takePressingMention } from '../store/pressing-mentions.ts';

/**
 * The policy to write an incident's comment by: as it is, or mentioning nobody where only that it is exploited and exposed
 * would mention them, and enough were mentioned for that in this hour.
 */
export async function boundedMentions(tx: Sql, now: Date, incident: Incident, policy: Policy): Promise<Policy> {
  const bounded = incident.pressing && !needsSomebodyNow({ kind: incident.kind, pressing: false });
  if (!bounded || mentionedFor(incident, policy).length === 0) return policy;
  if (await takePressingMention(tx, now, incident.id)) return policy;
  return { ...policy, mention: { ...policy.mention, who: [] } };
}
