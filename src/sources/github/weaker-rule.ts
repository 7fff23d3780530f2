import { at } from '../fields/at.ts';

/** Settings of a branch protection rule that protect when they are on, with what to call them. */
const protections: Record<string, string> = {
  admin_enforced: 'administrators are held to it',
  authorized_actors_only: 'only named people may push',
  authorized_dismissal_actors_only: 'only named people may dismiss reviews',
  create_protected: 'creation of matching branches is restricted',
  dismiss_stale_reviews_on_push: 'new pushes dismiss approvals',
  ignore_approvals_from_contributors: 'approvals of contributors do not count',
  linear_history_requirement_enforcement_level: 'linear history',
  lock_branch_enforcement_level: 'the branch is locked',
  merge_queue_enforcement_level: 'merge queue',
  pull_request_reviews_enforcement_level: 'pull request reviews',
  require_code_owner_review: 'review by code owners',
  require_last_push_approval: 'approval of the last push',
  required_approving_review_count: 'number of approvals',
  required_conversation_resolution_level: 'resolved conversations',
  required_deployments_enforcement_level: 'deployments before merging',
  required_status_checks_enforcement_level: 'status checks',
  signature_requirement_enforcement_level: 'signed commits',
  strict_required_status_checks_policy: 'status checks on the newest base',
};

/** Settings that let something through when they are on. */
const permissions: Record<string, string> = {
  allow_deletions_enforcement_level: 'deletion',
  allow_force_pushes_enforcement_level: 'force pushes',
  lock_allows_fork_sync: 'syncing a locked fork',
};

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
export function weakerBy(rule: unknown, changes: unknown): string[] {
  const lost = (name: string) => {
    const before = strength(at(changes, `${name}.from`));
    const now = strength(at(rule, name));
    return at(changes, name) === undefined || before === undefined || now === undefined ? 0 : before - now;
  };
  return [
    ...Object.keys(protections)
      .filter((name) => lost(name) > 0)
      .map((name) => `less: ${protections[name]}`),
    ...Object.keys(permissions)
      .filter((name) => lost(name) < 0)
      .map((name) => `now allowed: ${permissions[name]}`),
    ...listsLost(rule, changes),
  ];
}

function listsLost(rule: unknown, changes: unknown): string[] {
  const gone = missing(at(changes, 'required_status_checks.from'), at(rule, 'required_status_checks'));
  const wasOpen = at(changes, 'authorized_actors_only.from') === false;
  const added = wasOpen ? [] : missing(at(rule, 'authorized_actor_names'), at(changes, 'authorized_actor_names.from'));
  const name = at(changes, 'name.from');
  return [
    ...gone.map((check) => `check no longer required: ${check}`),
    ...added.map((actor) => `may push now: ${actor}`),
    ...(typeof name === 'string' ? [`no longer covers: ${name}`] : []),
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
