import type { Dependency, WatchedRepository, WorkflowRun } from '../domain/advisory.ts';
import type { OpenUpdate } from '../domain/update-branch.ts';

/**
 * What repositories depend on and what ran in them. Reads only. Throws `ForgeError`: `not-found` and `forbidden` where a
 * repository has no dependency graph or the app may not see it.
 */
export interface SupplyChain {
  /** Repositories an installation covers, at most 5,000. */
  repositories(installation: number): Promise<WatchedRepository[]>;
  /** What the dependency graph knows of the default branch, at most 20,000 packages. */
  dependencies(repository: WatchedRepository): Promise<Dependency[]>;
  /** Runs of workflows made in a time, newest first, at most 300; `total` has all. */
  runs(repository: WatchedRepository, from: Date, to: Date): Promise<{ total: number; runs: WorkflowRun[] }>;
  /** The text of CODEOWNERS; undefined where there is none. */
  owners(repository: WatchedRepository): Promise<string | undefined>;
  /** An advisory of the repository's own, as its webhook has it. */
  ownAdvisory(repository: WatchedRepository, ghsa: string): Promise<Record<string, unknown>>;
  /** Open pull requests, at most 300. */
  updates(repository: WatchedRepository): Promise<OpenUpdate[]>;
}
