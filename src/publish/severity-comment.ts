import type { Triaged } from '../domain/alert.ts';
import { titleIn } from '../domain/alert-title.ts';
import type { Policy } from '../domain/policy.ts';
import type { Severity } from '../domain/severity.ts';
import { doNextWords } from '../messages/do-next.ts';
import { reportWords } from '../messages/report.ts';
import { credit } from './credit.ts';
import { paragraph } from './paragraph.ts';
import { mentionLines } from './report-comment.ts';
import { clause, code, name } from './text.ts';

/** The comment that says a later alert made an incident high or critical. Its first line stands alone. */
export function severityComment(
  raised: { from: Severity; to: Severity; by: Triaged; pressing: boolean },
  policy: Pick<Policy, 'mention' | 'mode' | 'language'>,
): string {
  const { alert, floorBecause } = raised.by;
  const { language } = policy;
  const words = reportWords(language);
  const next = doNextWords(language);
  const rule = alert.attribution ? credit(alert.attribution, language) : undefined;
  const what = words.raisedBy(code(titleIn(alert, language), 120), name(alert.product), rule);
  const floor = floorBecause === undefined ? undefined : clause(floorBecause);
  const first = paragraph([words.raised(raised.to, what, floor, raised.from), next.next(next.nextTake)], language);
  const incident = { kind: alert.kind, pressing: raised.pressing, severity: raised.to };
  return [first, ...mentionLines(incident, policy)].join('\n');
}
