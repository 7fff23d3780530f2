import type { Policy } from '../../domain/policy.ts';
import { wouldTell } from '../../publish/would-tell.ts';
import type { TrialIncident } from '../../store/trial.ts';

/**
 * Whom Yagura would have turned to, as a trial prints it: those `mention` names, who is on call, and channels outside
 * GitHub. By what alerts and policy make of it, not by what people set since.
 */
export function tellsOf(incident: TrialIncident, policy: Policy): string[] {
  const { mentioned, onCall, channels } = wouldTell(incident, policy);
  return [
    ...mentioned.map((who) => `@${who}`),
    ...(onCall ? ['who is on call'] : []),
    ...channels.map((id) => `channel ${id}`),
  ];
}
