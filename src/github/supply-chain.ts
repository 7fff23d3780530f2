import { z } from 'zod';
import type { WatchedRepository } from '../domain/advisory.ts';
import { storableText } from '../domain/storable.ts';
import { ForgeError } from '../ports/forge.ts';
import type { SupplyChain } from '../ports/supply-chain.ts';
import type { Client } from './client.ts';
import type { Installations } from './installations.ts';
import { readDependencies, sbomShape } from './sbom.ts';
import { numericId, repositoryShape } from './shapes.ts';
import { allPages } from './since.ts';

/** Repositories of one installation, runs and pull requests that are read at most, in pages of a hundred. */
const repositoryPages = 50;
const runPages = 3;
const pullPages = 3;

/** Where GitHub looks for owners, in its order. */
const ownersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

/** GitHub reads no larger file of owners than this; bytes. */
const ownersBytes = 3 * 1024 * 1024;

/** Who opens GitHub's own updates; no account of a person has brackets in its name. */
const updater = 'dependabot[bot]';

const repositoriesShape = z.looseObject({ repositories: z.array(repositoryShape) });
const contentShape = z.looseObject({ content: z.string().optional(), size: z.number().optional() });
/** The branch's repository is null once a fork is deleted, and the author once an account is. */
const pullsShape = z.array(
  z.looseObject({
    number: z.number(),
    user: z.looseObject({ login: z.string(), type: z.string() }).nullish(),
    head: z.looseObject({ ref: z.string(), repo: z.looseObject({ id: numericId }).nullish() }),
  }),
);
const runsShape = z.looseObject({
  total_count: z.number(),
  workflow_runs: z.array(
    z.looseObject({
      id: numericId,
      name: z.string().nullish(),
      path: z.string(),
      head_branch: z.string().nullish(),
      run_started_at: z.string().nullish(),
      created_at: z.string(),
      html_url: z.string(),
    }),
  ),
});

/** What repositories depend on and what ran in them, read over REST; it changes nothing. */
export function createSupplyChain({ client: clientOf }: Pick<Installations, 'client'>): SupplyChain {
  return {
    async repositories(installation) {
      const client = clientOf(installation);
      const found = await allPages(async (page) => {
        const answer = await client.read(repositoriesShape, (octokit, headers) =>
          octokit.request('GET /installation/repositories', { per_page: 100, page, headers }),
        );
        return answer.repositories;
      }, repositoryPages);
      return found.map(({ id, owner, name }) => ({ id, installation, owner, name }));
    },

    async dependencies(repository) {
      const answer = await clientOf(repository.installation).read(sbomShape, (octokit, headers) =>
        octokit.request('GET /repos/{owner}/{repo}/dependency-graph/sbom', { ...named(repository), headers }),
      );
      return readDependencies(answer.sbom);
    },

    async runs(repository, from, to) {
      let total = 0;
      const created = `${stamp(from)}..${stamp(to)}`;
      const found = await allPages(async (page) => {
        const answer = await clientOf(repository.installation).read(runsShape, (octokit, headers) =>
          octokit.request('GET /repos/{owner}/{repo}/actions/runs', {
            ...named(repository),
            ...{ created, per_page: 100, page, headers },
          }),
        );
        total = answer.total_count;
        return answer.workflow_runs;
      }, runPages);
      const runs = found.map((run) => ({
        ...{ id: run.id, name: run.name ?? run.path, path: run.path, branch: run.head_branch ?? '', url: run.html_url },
        startedAt: new Date(run.run_started_at ?? run.created_at),
      }));
      return { total, runs };
    },

    async owners(repository) {
      for (const path of ownersPaths) {
        const text = await readText(clientOf(repository.installation), repository, path);
        if (text !== undefined) return text;
      }
      return undefined;
    },

    ownAdvisory: (repository, ghsa) =>
      clientOf(repository.installation).read(z.looseObject({}), (octokit, headers) =>
        octokit.request('GET /repos/{owner}/{repo}/security-advisories/{ghsa_id}', {
          ...named(repository),
          ...{ ghsa_id: ghsa, headers },
        }),
      ),

    async updates(repository) {
      const found = await allPages(
        (page) =>
          clientOf(repository.installation).read(pullsShape, (octokit, headers) =>
            octokit.request('GET /repos/{owner}/{repo}/pulls', {
              ...named(repository),
              ...{ state: 'open', per_page: 100, page, headers },
            }),
          ),
        pullPages,
      );
      // Anybody may open one from a fork, with a branch of any name.
      const updates = found.filter(
        ({ user, head }) => head.repo?.id === repository.id && user?.login === updater && user.type === 'Bot',
      );
      return updates.map(({ number, head }) => ({ number, branch: head.ref }));
    },
  };
}

async function readText(client: Client, repository: WatchedRepository, path: string): Promise<string | undefined> {
  try {
    const answer = await client.read(contentShape, (octokit, headers) =>
      octokit.request('GET /repos/{owner}/{repo}/contents/{path}', { ...named(repository), path, headers }),
    );
    if ((answer.size ?? 0) > ownersBytes || answer.content === undefined) return undefined;
    return storableText(Buffer.from(answer.content, 'base64').toString('utf8'));
  } catch (error) {
    if (error instanceof ForgeError && error.reason === 'not-found') return undefined;
    throw error;
  }
}

function named({ owner, name }: WatchedRepository): { owner: string; repo: string } {
  return { owner, repo: name };
}

function stamp(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
