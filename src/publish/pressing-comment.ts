import type { Incident } from '../domain/incident.ts';
import type { Policy } from '../domain/policy.ts';
import { doNextWords } from '../messages/do-next.ts';
import { reportWords } from '../messages/report.ts';
import { paragraph } from './paragraph.ts';
import { mentionLines } from './report-comment.ts';

/** The comment that says that a vulnerability does not wait for its turn any more. Its first line stands alone. */
export function pressingComment(
  incident: Pick<Incident, 'kind' | 'severity' | 'pressing'>,
  policy: Pick<Policy, 'mention' | 'mode' | 'language'>,
): string {
  const { language } = policy;
  const next = doNextWords(language);
  const first = paragraph([reportWords(language).pressing(incident.severity), next.next(next.nextTake)], language);
  return [first, ...mentionLines(incident, policy)].join('\n');
}
