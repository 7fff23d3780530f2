import { createClock, systemClock } from '../../clock.ts';
import { forgeClock } from '../../demo/forge-clock.ts';
import { YaguraError } from '../../domain/error.ts';
import type { Policy, PolicyProblem } from '../../domain/policy.ts';
import { createForge } from '../../github/forge.ts';
import type { GithubSettings } from '../../github/github-settings.ts';
import {
  createInspector,
  type InspectedApp,
  type InspectedInstallation,
  type InspectedRepository,
  type Inspector,
} from '../../github/inspect.ts';
import { loadPolicy } from '../../policy/load-policy.ts';
import { readCommit } from '../../policy/read-commit.ts';
import type { RepoRef } from '../../ports/forge.ts';
import { readSettings, type Settings } from '../../settings.ts';
import type { CliIo } from '../command.ts';
import { knownPlugins } from '../known-plugins.ts';
import { type OpenDatabase, openDatabase } from './database.ts';
import { once } from './once.ts';

/** The default branch of the config repository as it is now. */
export interface NewestPolicy {
  /** Undefined when the branch does not exist yet. */
  commit: string | undefined;
  files: number;
  policy: Policy;
  problems: PolicyProblem[];
}

/** What checks ask about; each is asked once, whoever needs it. What cannot be known throws a sentence. */
export interface Scene {
  settings(): Settings;
  /** The settings for GitHub. Throws in the demo. */
  github(): GithubSettings;
  app(): Promise<{ app: InspectedApp; serverTime: Date | undefined }>;
  installations(): Promise<InspectedInstallation[]>;
  /** The installation a repository belongs to; undefined when the app is not installed on it. */
  installationOn(repo: RepoRef): Promise<InspectedInstallation | undefined>;
  repository(repo: RepoRef): Promise<InspectedRepository & { installation: number }>;
  /** What nobody else asks; the app is known by then. */
  inspect(): Promise<Inspector>;
  newestPolicy(): Promise<NewestPolicy>;
  /** The newest policy, where it is good. */
  goodPolicy(): Promise<Policy>;
  /** Throws as it fails, which only the line about the database says whole; others read `records`. */
  database(): Promise<OpenDatabase>;
  records(): Promise<OpenDatabase>;
  now(): Promise<Date>;
}

/** Milliseconds one request may take; a read is sent up to three times. */
const requestTimeoutMs = 5_000;

/** Opens nothing by itself. `close` ends what was opened. */
export function createScene(io: CliIo, now?: () => Date): { scene: Scene; close(): Promise<void> } {
  let known: Settings | undefined;
  const settings = () => {
    known ??= readSettings(io.env);
    return known;
  };
  const github = () => {
    const found = settings().github;
    if (!found) throw new YaguraError('settings', 'This is the demo, without an account.');
    return found;
  };
  const clock = once(async () => {
    const { timeScale, forgePort, github: account } = settings();
    const forge = account?.apiUrl ?? `http://localhost:${forgePort}`;
    return timeScale === 1 ? systemClock : createClock(await forgeClock(forge));
  });
  const database = openDatabase(io);
  const asked = onGithub(github);
  const scene: Scene = {
    settings: () => {
      try {
        return settings();
      } catch (cause) {
        throw new YaguraError('settings', 'the settings cannot be read (see settings)', { cause });
      }
    },
    github,
    ...asked,
    newestPolicy: once(() => readNewest(scene)),
    async goodPolicy() {
      const { policy, problems } = await scene.newestPolicy();
      if (problems.length === 0) return policy;
      throw new YaguraError('policy', 'the newest policy is broken (see config-commit)');
    },
    database: database.read,
    records: readable(database.read, 'the database cannot be read (see database)'),
    now: async () => now?.() ?? (await clock()).now(),
  };
  return { scene, close: database.close };
}

/** The same, with a failure that another line says whole told in short. */
function readable<T>(ask: () => Promise<T>, sentence: string): () => Promise<T> {
  return async () => {
    try {
      return await ask();
    } catch (cause) {
      throw new YaguraError('database', sentence, { cause });
    }
  };
}

function onGithub(
  github: () => GithubSettings,
): Pick<Scene, 'app' | 'installations' | 'installationOn' | 'repository' | 'inspect'> {
  const inspector = once(async () => createInspector({ ...clientOptions(github()), timeout: requestTimeoutMs }));
  const app = once(async () => (await inspector()).app());
  const inspect = async () => {
    await app().catch((cause: unknown) => {
      throw new YaguraError('forge', 'GitHub does not answer the app (see app-identity)', { cause });
    });
    return inspector();
  };
  const installationOn = perRepository(async (repo) => (await inspect()).installationOn(repo));
  return {
    app,
    inspect,
    installations: once(async () => (await inspect()).installations()),
    installationOn,
    repository: perRepository(async (repo) => {
      const installation = await installationOn(repo);
      if (installation) {
        const found = await (await inspect()).repository(repo, installation.id);
        return { ...found, installation: installation.id };
      }
      throw new YaguraError('forge', `the app is not installed on ${repo.owner}/${repo.name} (see installations)`);
    }),
  };
}

function perRepository<T>(ask: (repo: RepoRef) => Promise<T>): (repo: RepoRef) => Promise<T> {
  const asked = new Map<string, () => Promise<T>>();
  return (repo) => {
    const key = `${repo.owner}/${repo.name}`.toLowerCase();
    const answer = asked.get(key) ?? once(() => ask(repo));
    asked.set(key, answer);
    return answer();
  };
}

function clientOptions({ apiUrl, appId, privateKey }: GithubSettings) {
  return { apiUrl, appId, privateKey, userAgent: 'yagura-doctor' };
}

/** Judges the tip of the default branch as the running Yagura would, and writes nothing down. */
async function readNewest(scene: Scene): Promise<NewestPolicy> {
  const github = scene.github();
  const repo = github.configRepo;
  if (!repo) throw new YaguraError('settings', 'YAGURA_CONFIG_REPO is not set');
  const name = `${repo.owner}/${repo.name}`;
  const { default_branch: branch } = await scene.repository(repo);
  const forge = createForge({ ...clientOptions(github), timeout: requestTimeoutMs });
  const commit = await forge.head(repo, branch);
  const { files, refused } = commit ? await readCommit(forge, repo, commit) : { files: [], refused: [] };
  const read = loadPolicy(files, { commit: commit ?? 'none', repository: name }, await knownPlugins());
  return { commit, files: files.length, policy: read.policy, problems: [...refused, ...read.problems] };
}
