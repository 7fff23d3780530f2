import type { Policy, PolicyProblem } from '../domain/policy.ts';

/** How the newest commit of the config repository stands to the policy in force. */
export type SourceState =
  | { is: 'unread' }
  | { is: 'good'; commit: string }
  | { is: 'broken'; commit: string; problems: readonly PolicyProblem[] }
  | { is: 'empty' }
  | {
      is: 'unreadable';
      because: string /** Nothing is wrong with the repository: the forge is away or asks us to wait. */;
      passing: boolean;
    };

/** The sentence for the reader of an issue, when the policy in force is not the newest there is. */
export function bannerOf(state: SourceState, inForce: Policy): string | undefined {
  const { repository } = inForce;
  switch (state.is) {
    case 'good':
      return undefined;
    case 'unread':
      return `The policy in ${repository} has not been read yet. ${forced(inForce)}`;
    case 'empty':
      return `${repository} holds no policy: there is no yagura.md on its default branch. ${forced(inForce)}`;
    case 'unreadable':
      return `The policy in ${repository} could not be read: ${state.because}. ${forced(inForce)}`;
    case 'broken':
      return `The newest policy in ${repository} (${short(state.commit)}) is broken: ${listed(state.problems)}. ${forced(inForce)}`;
  }
}

function forced({ commit }: Policy): string {
  if (commit !== 'safe-defaults') return `In force: ${short(commit)}, the last good one.`;
  return 'In force: safe defaults, which observe only; nobody may act.';
}

function listed(problems: readonly PolicyProblem[]): string {
  const [first, ...others] = problems;
  if (!first) return 'for no reason that was kept';
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  return `${first.path}:${first.line} ${first.message.replace(/\.$/, '')}${more}`;
}

function short(commit: string): string {
  return commit.slice(0, 12);
}
