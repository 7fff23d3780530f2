import { z } from 'zod';
import { ForgeError, type RepoRef } from '../ports/forge.ts';
import type { Client, ClientOptions } from './client.ts';
import { createInstallations } from './installations.ts';
import { type AttemptedDelivery, recentDeliveries } from './recent-deliveries.ts';
import { numericId } from './shapes.ts';
import { allPages } from './since.ts';

const grants = z.record(z.string(), z.string()).default({});
const events = z.array(z.string()).default([]);
const owner = z.looseObject({ login: z.string(), type: z.string().default('Organization') }).nullish();
const appShape = z.looseObject({ id: numericId, slug: z.string(), html_url: z.string(), owner, permissions: grants });
const installationShape = z.looseObject({
  id: numericId,
  account: z.looseObject({ login: z.string() }).nullish(),
  html_url: z.string().default(''),
  permissions: grants,
  events,
  suspended_at: z.string().nullish(),
});
const hookShape = z.looseObject({
  url: z.string().default(''),
  content_type: z.string().default('form'),
  insecure_ssl: z.union([z.string(), z.number()]).default('0').transform(String),
});
const repositoryShape = z.looseObject({
  id: numericId,
  private: z.boolean(),
  html_url: z.string(),
  default_branch: z.string().default('main'),
  has_issues: z.boolean().default(true),
  archived: z.boolean().default(false),
});
const branchShape = z.looseObject({ protected: z.boolean().default(false) });
const reviewsShape = z.looseObject({ required_approving_review_count: z.number().default(0) });
const protectionShape = z.looseObject({ required_pull_request_reviews: reviewsShape.optional() });
const ruleShape = z.looseObject({
  type: z.string(),
  parameters: reviewsShape.optional(),
});
const teamShape = z.looseObject({ html_url: z.string(), members_count: z.number().optional() });

export type InspectedApp = z.infer<typeof appShape>;
export type InspectedInstallation = z.infer<typeof installationShape>;
export type InspectedHook = z.infer<typeof hookShape>;
export type InspectedRepository = z.infer<typeof repositoryShape>;

/** How many approvals a change takes; undefined where no pull request is asked for. */
export interface InspectedBranch {
  rulesets: number | undefined;
  /** `unreadable`: it is on, and the app may not read what it asks for, which takes administration: read. */
  protection: number | undefined | 'unreadable';
}

/** Questions about the set-up itself, which nothing but its examination asks. All read only; each throws `ForgeError`. */
export interface Inspector {
  /** The app, and the server's time as it answered; undefined when it does not say. */
  app(): Promise<{ app: InspectedApp; serverTime: Date | undefined }>;
  installations(): Promise<InspectedInstallation[]>;
  /** The installation a repository belongs to; undefined when the app is not installed on it. */
  installationOn(repo: RepoRef): Promise<InspectedInstallation | undefined>;
  /** Where webhooks go; undefined for an app without. */
  hook(): Promise<InspectedHook | undefined>;
  deliveries(since: Date): Promise<AttemptedDelivery[]>;
  repository(repo: RepoRef, installation: number): Promise<InspectedRepository>;
  /** What a change to the branch takes, by its rulesets and by the older branch protection. */
  branch(repo: RepoRef, branch: string, installation: number): Promise<InspectedBranch>;
  /** A team by its slug; undefined when it does not exist or may not be read, which GitHub answers alike. */
  team(
    org: string,
    slug: string,
    installation: number,
  ): Promise<{ url: string; members: number | undefined } | undefined>;
}

/** Asks as the app itself, or as the installation whose number is given. */
export function createInspector(options: ClientOptions): Inspector {
  const { app, client } = createInstallations(options);
  const named = (repo: RepoRef) => ({ owner: repo.owner, repo: repo.name });

  return {
    async app() {
      let date: string | undefined;
      const found = await app.read(appShape, async (octokit, headers) => {
        const answer = await octokit.request('GET /app', { headers });
        date = answer.headers.date;
        return answer;
      });
      const serverTime = new Date(date ?? Number.NaN);
      return { app: found, serverTime: Number.isNaN(serverTime.getTime()) ? undefined : serverTime };
    },
    installations: () =>
      allPages((page) =>
        app.read(z.array(installationShape), (octokit, headers) =>
          octokit.request('GET /app/installations', { per_page: 100, page, headers }),
        ),
      ),
    installationOn: (repo) =>
      orNothing(
        app.read(installationShape, (octokit, headers) =>
          octokit.request('GET /repos/{owner}/{repo}/installation', { ...named(repo), headers }),
        ),
      ),
    async hook() {
      const found = await orNothing(
        app.read(hookShape, (octokit, headers) => octokit.request('GET /app/hook/config', { headers })),
      );
      return found?.url ? found : undefined;
    },
    deliveries: (since) => recentDeliveries(app, since),
    repository: (repo, installation) =>
      client(installation).read(repositoryShape, (octokit, headers) =>
        octokit.request('GET /repos/{owner}/{repo}', { ...named(repo), headers }),
      ),
    async branch(repo, branch, installation) {
      const as = client(installation);
      const at = { ...named(repo), branch };
      const rules = await as.read(z.array(ruleShape), (octokit, headers) =>
        octokit.request('GET /repos/{owner}/{repo}/rules/branches/{branch}', { ...at, per_page: 100, headers }),
      );
      const asked = rules.filter((rule) => rule.type === 'pull_request');
      const counts = asked.map((rule) => rule.parameters?.required_approving_review_count ?? 0);
      const rulesets = counts.length === 0 ? undefined : Math.max(...counts);
      return { rulesets, protection: await olderProtection(as, at) };
    },
    async team(org, slug, installation) {
      const found = await orNothing(
        client(installation).read(teamShape, (octokit, headers) =>
          octokit.request('GET /orgs/{org}/teams/{team_slug}', { org, team_slug: slug, headers }),
        ),
      );
      return found && { url: found.html_url, members: found.members_count };
    },
  };
}

/** An empty repository has no branch yet, and so no protection of this kind. */
async function olderProtection(
  as: Client,
  at: { owner: string; repo: string; branch: string },
): Promise<InspectedBranch['protection']> {
  const known = await orNothing(
    as.read(branchShape, (octokit, headers) =>
      octokit.request('GET /repos/{owner}/{repo}/branches/{branch}', { ...at, headers }),
    ),
  );
  if (!known?.protected) return undefined;
  try {
    const terms = await orNothing(
      as.read(protectionShape, (octokit, headers) =>
        octokit.request('GET /repos/{owner}/{repo}/branches/{branch}/protection', { ...at, headers }),
      ),
    );
    return terms?.required_pull_request_reviews?.required_approving_review_count;
  } catch (error) {
    if (error instanceof ForgeError && error.reason === 'forbidden') return 'unreadable';
    throw error;
  }
}

async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ForgeError && error.reason === 'not-found') return undefined;
    throw error;
  }
}
