import type { Triaged } from '../domain/alert.ts';
import type { Policy } from '../domain/policy.ts';
import type { Severity } from '../domain/severity.ts';
import { credit } from './credit.ts';
import { mentionLines } from './report-comment.ts';
import { clause, code, name } from './text.ts';

/** The comment that says a later alert made an incident high or critical. Its first line stands alone. */
export function severityComment(
  raised: { from: Severity; to: Severity; by: Triaged },
  policy: Pick<Policy, 'mention' | 'mode' | 'language'>,
): string {
  const { alert, floorBecause } = raised.by;
  const floor = floorBecause === undefined ? '' : `, by policy: ${clause(floorBecause)}`;
  const by = alert.attribution ? `, rule ${credit(alert.attribution)}` : '';
  const why = `${code(alert.title, 120)} (${name(alert.product)}${by}) joined${floor}; it was ${raised.from}`;
  const first = `**Severity is now ${raised.to}:** ${why}. Next: \`/take\` if you have this.`;
  return [first, ...mentionLines({ kind: raised.by.alert.kind, severity: raised.to }, policy)].join('\n');
}
