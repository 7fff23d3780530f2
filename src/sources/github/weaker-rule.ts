import type { Language } from '../../domain/locale.ts';
import { quotedWords } from '../../messages/quoted.ts';
import { at } from '../fields/at.ts';

/** Settings of a branch protection rule that protect when they are on. */
const protections = [
  'admin_enforced',
  'authorized_actors_only',
  'authorized_dismissal_actors_only',
  'create_protected',
  'dismiss_stale_reviews_on_push',
  'ignore_approvals_from_contributors',
  'linear_history_requirement_enforcement_level',
  'lock_branch_enforcement_level',
  'merge_queue_enforcement_level',
  'pull_request_reviews_enforcement_level',
  'require_code_owner_review',
  'require_last_push_approval',
  'required_approving_review_count',
  'required_conversation_resolution_level',
  'required_deployments_enforcement_level',
  'required_status_checks_enforcement_level',
  'signature_requirement_enforcement_level',
  'strict_required_status_checks_policy',
] as const;

/** Settings that let something through when they are on. */
const permissions = [
  'allow_deletions_enforcement_level',
  'allow_force_pushes_enforcement_level',
  'lock_allows_fork_sync',
] as const;

const levels = ['off', 'non_admins', 'everyone'];

/** How strongly a setting is on: booleans, GitHub's three levels, and numbers; `null` is a setting never made. */
function strength(value: unknown): number | undefined {
  if (value === null || value === undefined) return 0;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return value;
  const level = levels.indexOf(String(value));
  return level < 0 ? undefined : level;
}

/**
 * What an edit of a branch protection rule took away, each in a few words; empty when it took nothing away. `changes` has
 * what was there before, `rule` what is there now. GitHub's schema of 2023 names some of the settings, its own examples
 * more of them.
 */
export function weakerBy(rule: unknown, changes: unknown, language: Language): string[] {
  const words = quotedWords(language);
  const lost = (name: string) => {
    const before = strength(at(changes, `${name}.from`));
    const now = strength(at(rule, name));
    return at(changes, name) === undefined || before === undefined || now === undefined ? 0 : before - now;
  };
  return [
    ...protections.filter((name) => lost(name) > 0).map((name) => words.less(words[name])),
    ...permissions.filter((name) => lost(name) < 0).map((name) => words.allowed(words[name])),
    ...listsLost(rule, changes, language),
  ];
}

function listsLost(rule: unknown, changes: unknown, language: Language): string[] {
  const words = quotedWords(language);
  const gone = missing(at(changes, 'required_status_checks.from'), at(rule, 'required_status_checks'));
  const wasOpen = at(changes, 'authorized_actors_only.from') === false;
  const added = wasOpen ? [] : missing(at(rule, 'authorized_actor_names'), at(changes, 'authorized_actor_names.from'));
  const name = at(changes, 'name.from');
  return [
    ...gone.map(words.checkGone),
    ...added.map(words.mayPush),
    ...(typeof name === 'string' ? [words.uncovered(name)] : []),
  ];
}

/** What is in the first list and not in the second; nothing unless both are lists. */
function missing(all: unknown, from: unknown): string[] {
  if (!Array.isArray(all) || !Array.isArray(from)) return [];
  const there = new Set(from.map(String));
  return all
    .map(String)
    .filter((one) => !there.has(one))
    .slice(0, 20);
}
