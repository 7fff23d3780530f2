import { type Length, readJoinReason } from '../domain/join-reason.ts';
import type { Language } from '../domain/locale.ts';
import { joinReasonWords } from '../messages/join-reason.ts';
import { timesWords } from '../messages/times.ts';
import { code, prose } from './text.ts';

/** The name of the key that two tellings of one alert share. */
const sameAlert = 'rule and fields';

/** Why an alert is in its incident: our sentence around an untrusted value, which goes into a code span. */
export function joinReason(text: string, language: Language): string {
  const words = joinReasonWords(language);
  const reason = readJoinReason(text);
  if (reason.is === 'said') return prose(reason.text);
  if (reason.is !== 'shares') return { first: words.first, step: words.step, returned: words.returned }[reason.is];
  const { label, far } = reason;
  const what = code(label === sameAlert ? words.sameAlert : label, 120);
  if (far.side === 'within') return words.shares(what, words.within);
  const length = far.lengths.map((one) => told(one, language)).join(' ');
  return words.shares(what, far.side === 'after' ? words.after(length) : words.before(length));
}

function told({ count, unit }: Length, language: Language): string {
  const { seconds, minutes, hours } = timesWords(language);
  return { s: seconds, min: minutes, h: hours }[unit](count);
}
