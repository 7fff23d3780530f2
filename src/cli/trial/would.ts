import { needsSomebodyNow } from '../../domain/alert.ts';
import type { Policy } from '../../domain/policy.ts';
import { atLeast } from '../../domain/severity.ts';
import { quietVerdicts } from '../../publish/needs-human.ts';
import { mentionedFor } from '../../publish/report-comment.ts';
import type { TrialIncident } from '../../store/trial.ts';

/**
 * Whom Yagura would have turned to about an incident under a policy whose `mode` lets it: those `mention` names, who is on
 * call, and channels outside GitHub. By what alerts and policy make of it, not by what people set since.
 */
export function wouldTell({ kind, severity, verdict, stands }: TrialIncident, policy: Policy): string[] {
  const mentioned = mentionedFor({ kind, severity }, { ...policy, mode: 'recommend' }).map((who) => `@${who}`);
  // What is only listed calls nobody, but for a critical one: the digest has one comment for those it holds back.
  if (stands !== 'issue') return stands === 'digest' && severity === 'critical' ? mentioned : [];
  const { onCall, notifications } = policy;
  // Nobody is asked to take what policies/triage.md calls nothing.
  const asked = onCall.rota && needsSomebodyNow({ kind }) && atLeast(severity, onCall.severity);
  const channels = notifications.filter(
    ({ from, kinds }) => atLeast(severity, from) && (kinds?.includes(kind) ?? true),
  );
  return [
    ...mentioned,
    ...(asked && !quietVerdicts.includes(verdict) ? ['who is on call'] : []),
    ...channels.map(({ id }) => `channel ${id}`),
  ];
}
