import { readdirSync, readFileSync } from 'node:fs';
import { sentenceOf } from '../domain/error.ts';
import { policyStateWords } from '../messages/policy-state.ts';
import type { LivePolicySource } from '../policy/source.ts';
import type { Clock } from '../ports/clock.ts';
import { type Forge, ForgeError, type ForgeFile, type RepoRef } from '../ports/forge.ts';
import type { Store } from '../ports/store.ts';
import { readSetting, writeSetting } from '../store/settings-table.ts';

export interface ConfigSetupDeps {
  store: Store;
  forge: Forge;
  clock: Clock;
  policy: LivePolicySource;
  configRepo: RepoRef | undefined;
  log(sentence: string): void;
}

const starter = new URL('../../examples/starter/', import.meta.url);
const branch = 'yagura/starter';

/**
 * Helps once where there is no policy to read: a pull request with the starter where the config repository has a
 * default branch and lets us, else one issue that says what to do.
 */
export async function setUpConfig(deps: ConfigSetupDeps): Promise<void> {
  const { store, configRepo, policy } = deps;
  const now = policy.state();
  if (configRepo && now.is !== 'empty' && (now.is !== 'unreadable' || now.passing)) return;
  if (await readSetting(store, 'config.set-up')) return;
  const opened = configRepo && now.is === 'empty' ? await openStarter(deps, configRepo) : undefined;
  if (opened === undefined) await saySetUp(deps);
  await writeSetting(store, 'config.set-up', opened === undefined ? 'issue' : `pull request ${opened}`);
}

/** The pull request's number; undefined when it cannot be opened, which an empty repository never allows. */
async function openStarter(deps: ConfigSetupDeps, repo: RepoRef): Promise<number | undefined> {
  const words = policyStateWords(deps.policy.current().language);
  try {
    const { defaultBranch } = await deps.forge.repository(repo);
    if ((await deps.forge.head(repo, defaultBranch)) === undefined) return undefined;
    return await deps.forge.openPullRequest(repo, branch, {
      title: words.starterTitle,
      body: words.starterBody,
      files: starterFiles(),
    });
  } catch (error) {
    // Asked again later: a forge that is away, or a repository that is public for now, has refused nothing.
    if (error instanceof ForgeError && error.reason === 'unavailable') throw error;
    deps.log(`the starter policy could not be proposed: ${sentenceOf(error)}`);
    return undefined;
  }
}

async function saySetUp(deps: ConfigSetupDeps): Promise<void> {
  const { configRepo } = deps;
  const words = policyStateWords(deps.policy.current().language);
  const where = configRepo ? `\`${configRepo.owner}/${configRepo.name}\`` : words.privateRepository;
  const text = [words.noPolicy, words.onDefaults, '', words.doNext(where, configRepo ? '' : words.thenSet)].join('\n');
  await deps.store.query(
    `insert into publication (key, kind, text, priority, created_at) values ('notice:config', 'notice', $1, 1, $2)
     on conflict (key) do nothing`,
    [text, deps.clock.now()],
  );
}

/** The files `yagura init` writes. */
function starterFiles(): ForgeFile[] {
  return readdirSync(starter, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const full = `${entry.parentPath}/${entry.name}`;
      return { path: full.slice(starter.pathname.length).replace(/^\/+/, ''), content: readFileSync(full) };
    });
}
