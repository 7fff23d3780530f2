import { type AlertKind, needsSomebodyNow } from '../domain/alert.ts';
import type { Policy } from '../domain/policy.ts';
import type { Standing } from '../domain/quiet.ts';
import { atLeast, type Severity } from '../domain/severity.ts';
import { mentionedFor } from './report-comment.ts';

/** What decides whom Yagura would have turned to about an incident. */
export interface Untold {
  kind: AlertKind;
  severity: Severity;
  /** Exploited and exposed. */
  pressing: boolean;
  stands: Standing;
  /** Policy says that nothing has to be done. */
  nothing: boolean;
}

/** Whom Yagura would have turned to. */
export interface WouldTell {
  /** People and teams of `mention`, without `@`. */
  mentioned: string[];
  /** Who is on call would have been asked to take it. */
  onCall: boolean;
  /** Ids of channels outside GitHub. */
  channels: string[];
}

/** Whom Yagura would turn to about an incident under a policy whose `mode` lets it: what a trial is judged by. */
export function wouldTell(
  { stands, nothing, ...incident }: Untold,
  { mention, onCall, notifications }: Pick<Policy, 'mention' | 'onCall' | 'notifications'>,
): WouldTell {
  const { kind, severity } = incident;
  const mentioned = mentionedFor(incident, { mention, mode: 'recommend' });
  // What is only listed calls nobody, but for a critical one: the digest has a comment for those it holds back.
  if (stands !== 'issue') {
    const inDigest = stands === 'digest' && severity === 'critical';
    return { mentioned: inDigest ? mentioned : [], onCall: false, channels: [] };
  }
  // A mention waits for no verdict; nobody is asked or told elsewhere of what policies/triage.md calls nothing.
  const asked = !nothing && onCall.rota !== undefined && needsSomebodyNow(incident);
  const channels = nothing
    ? []
    : notifications.filter(({ from, kinds }) => atLeast(severity, from) && (kinds?.includes(kind) ?? true));
  return {
    mentioned,
    onCall: asked && atLeast(severity, onCall.severity),
    channels: channels.map(({ id }) => id),
  };
}
