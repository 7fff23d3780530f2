import type { Policy } from '../../domain/policy.ts';
import { loadPolicy } from '../../policy/load-policy.ts';
import { type GoodCommit, goodCommit, newestGood } from '../../policy/policy-store.ts';
import type { KnownPlugins } from '../../policy/response-rules.ts';
import { safeDefaults } from '../../policy/safe-defaults.ts';
import type { Sql } from '../../ports/store.ts';

/** The policies a trial judges by, each as if its `mode` let it turn to people. */
export interface TrialPolicies {
  /** The one that was read last: its time zone and its rooms hold for the whole trial. */
  newest: Policy;
  /** Those in force when incidents came in, by commit, as far as they are stored. */
  byCommit: ReadonlyMap<string, Policy>;
}

/** Different policies that are read; those in force at fewer incidents are judged by the newest. */
const policyLimit = 100;

/** Where policies are read: the database, what is installed, and who hears what cannot be read as it was. */
export interface PolicyShelf {
  sql: Sql;
  known: KnownPlugins;
  warn(line: string): void;
}

/** The policy that was read last, as this installation read it; safe defaults where none ever was. */
export async function newestPolicy(shelf: PolicyShelf): Promise<Policy> {
  const newest = await newestGood(shelf.sql);
  if (newest) return read(shelf, newest);
  shelf.warn('No policy was ever read here: whom Yagura would have told is by safe defaults.');
  return safeDefaults('safe defaults');
}

/** The policies of these commits beside the newest, the commonest first, as far as they are stored. */
export async function policiesOf(
  shelf: PolicyShelf,
  newest: Policy,
  commits: readonly (string | null)[],
): Promise<TrialPolicies> {
  const defaults = safeDefaults(newest.repository);
  const byCommit = new Map([defaults, newest].map((policy) => [policy.commit, policy]));
  for (const commit of commonest(commits)) {
    if (byCommit.has(commit)) continue;
    const good = await goodCommit(shelf.sql, commit);
    if (good) byCommit.set(commit, read(shelf, good));
  }
  return { newest, byCommit };
}

function read({ known, warn }: PolicyShelf, { files, repository, commit }: GoodCommit): Policy {
  // What it detects tells nobody.
  const { detections: _, ...plugins } = known;
  // Observing, it would name nobody: what is asked is whom it would have turned to.
  const { policy, problems } = loadPolicy(files, { commit, repository, asMode: 'recommend' }, plugins);
  if (problems.length > 0) warn(`${repository}@${commit} has ${problems.length} problems now.`);
  return policy;
}

function commonest(commits: readonly (string | null)[]): string[] {
  const counts = new Map<string, number>();
  for (const commit of commits) if (commit !== null) counts.set(commit, (counts.get(commit) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, policyLimit)
    .map(([commit]) => commit);
}
