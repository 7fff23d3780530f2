import type { Language } from '../domain/locale.ts';
import type { Policy, PolicyProblem } from '../domain/policy.ts';
import { policyStateWords } from '../messages/policy-state.ts';

/** Why the config repository could not be read. */
export type Unreadable = 'notThere' | 'notAllowed' | 'asksToWait' | 'away';

/** How the newest commit of the config repository stands to the policy in force. */
export type SourceState =
  | { is: 'unread' }
  | { is: 'good'; commit: string }
  | { is: 'broken'; commit: string; problems: readonly PolicyProblem[] }
  | { is: 'empty' }
  | {
      is: 'unreadable';
      because: Unreadable /** Nothing is wrong with the repository: the forge is away or asks us to wait. */;
      passing: boolean;
    };

/** The sentence for the reader of an issue, when the policy in force is not the newest there is. */
export function bannerOf(
  state: SourceState,
  inForce: Policy,
  language: Language = inForce.language,
): string | undefined {
  const words = policyStateWords(language);
  const { repository } = inForce;
  const forced = forcedBy(inForce, words);
  switch (state.is) {
    case 'good':
      return undefined;
    case 'unread':
      return words.unread(repository, forced);
    case 'empty':
      return words.empty(repository, forced);
    case 'unreadable':
      return words.unreadable(repository, reasonOf(state.because, words), forced);
    case 'broken':
      return words.broken(repository, short(state.commit), listed(state.problems, words), forced);
  }
}

type Words = ReturnType<typeof policyStateWords>;

function forcedBy({ commit }: Policy, words: Words): string {
  return commit === 'safe-defaults' ? words.safeDefaults : words.forced(short(commit));
}

function reasonOf(why: Unreadable, words: Words): string {
  const told = {
    notThere: words.notThere,
    notAllowed: words.notAllowed,
    asksToWait: words.asksToWait,
    away: words.away,
  };
  return told[why];
}

function listed(problems: readonly PolicyProblem[], words: Words): string {
  const [first, ...others] = problems;
  if (!first) return words.noReason;
  const told = `${first.path}:${first.line} ${first.message.replace(/\.$/, '')}`;
  return others.length > 0 ? words.andMore(told, others.length) : told;
}

function short(commit: string): string {
  return commit.slice(0, 12);
}
