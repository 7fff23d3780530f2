import { sentenceOf } from '../domain/error.ts';
import type { LivePolicySource } from '../policy/source.ts';
import type { Clock, Forge, RepoRef, Store } from '../ports.ts';
import type { Settings } from '../settings.ts';

export interface Readiness {
  /** Asks the forge again. */
  refresh(): Promise<void>;
  /** Why nothing is written to GitHub now; undefined when it may be. */
  publishingStopped(): string | undefined;
  /** What does not work now, by part; empty when all is well. */
  problems(): Promise<{ part: string; problem: string }[]>;
}

export function createReadiness(deps: {
  settings: Settings;
  forge: Forge;
  store: Store;
  policy: LivePolicySource;
  repo: RepoRef;
  configRepo: RepoRef | undefined;
  clock: Clock;
}): Readiness {
  let visibility: string | undefined = 'the visibility of the repositories is not known yet';
  let forgeProblem: string | undefined;

  async function refresh(): Promise<void> {
    try {
      const repos = [deps.repo, ...(deps.configRepo ? [deps.configRepo] : [])];
      const found = await Promise.all(repos.map((repo) => deps.forge.repository(repo)));
      const open = found.filter((r) => !r.private).map((r) => `${r.owner}/${r.name}`);
      forgeProblem = undefined;
      visibility =
        open.length === 0 || deps.settings.allowPublic
          ? undefined
          : `${open.join(' and ')} is public: nothing is published until it is private or YAGURA_ALLOW_PUBLIC=1`;
    } catch (error) {
      // What is known of the visibility stays; a forge that does not answer takes no writes either.
      forgeProblem = sentenceOf(error);
    }
  }

  return {
    refresh,
    publishingStopped: () => visibility,
    async problems() {
      const found: { part: string; problem: string }[] = [];
      await deps.store
        .query('select 1')
        .catch((error: unknown) => found.push({ part: 'database', problem: sentenceOf(error) }));
      if (forgeProblem !== undefined) found.push({ part: 'forge', problem: forgeProblem });
      if (visibility !== undefined) found.push({ part: 'visibility', problem: visibility });
      const banner = deps.configRepo
        ? deps.policy.banner()
        : 'YAGURA_CONFIG_REPO is not set: safe defaults are in force';
      if (banner !== undefined) found.push({ part: 'config repository', problem: banner });
      return found;
    },
  };
}
