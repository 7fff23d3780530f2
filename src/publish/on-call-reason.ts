import type { Language } from '../domain/locale.ts';
import type { OnCallReason } from '../domain/on-call.ts';
import { onCallWords } from '../messages/on-call.ts';

/** Why somebody is on call, as a clause without a full stop; not yet safe markdown. */
export function onCallReason(reason: OnCallReason, language: Language): string {
  const words = onCallWords(language);
  if (reason.is === 'turn') return words.byTurn(reason.place);
  if (reason.is === 'override') return words.inPlace(reason.place, reason.why ?? '');
  return words.standIn(reason.absent, reason.place);
}
