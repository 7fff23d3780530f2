import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { ForgeState } from '../forge-state.ts';
import { appById, fullName, repositoryById } from '../lookups.ts';
import { nodeId } from '../node-id.ts';
import type { CheckRun, CheckSuite, Repository } from '../state/entities.ts';
import { appView } from './app-view.ts';

export type CheckRunView = RestEndpointMethodTypes['checks']['get']['response']['data'];

/** GitHub's `check-run`. */
export function checkRunView(forge: ForgeState, run: CheckRun): CheckRunView {
  const repo = repositoryById(forge, run.repoId);
  const name = fullName(forge, repo);
  const url = `${forge.apiUrl}/repos/${name}/check-runs/${run.id}`;
  const page = `${forge.url}/${name}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId('CR', run.id),
    head_sha: run.headSha,
    name: run.name,
    external_id: run.externalId ?? '',
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suiteId },
    app: appView(forge, appById(forge, run.appId)),
    pull_requests: pullsAt(forge, repo, run.headSha),
  };
}

/** The `check_suite` part of a check_run payload. */
export function checkSuiteView(forge: ForgeState, suite: CheckSuite, run: CheckRun) {
  const repo = repositoryById(forge, suite.repoId);
  const branch = forge.store.group('ref', repo.id).find((ref) => ref.sha === suite.headSha);
  return {
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    head_branch: branch?.name.replace('refs/heads/', '') ?? null,
    head_sha: suite.headSha,
    status: run.status,
    conclusion: run.conclusion,
    url: `${forge.apiUrl}/repos/${fullName(forge, repo)}/check-suites/${suite.id}`,
    before: null,
    after: suite.headSha,
    app: appView(forge, appById(forge, suite.appId)),
    pull_requests: pullsAt(forge, repo, suite.headSha),
    created_at: suite.createdAt,
    updated_at: suite.createdAt,
  };
}

function pullsAt(forge: ForgeState, repo: Repository, sha: string) {
  const name = fullName(forge, repo);
  const repository = { id: repo.id, url: `${forge.apiUrl}/repos/${name}`, name: repo.name };
  return forge.store.group('issue', repo.id).flatMap((issue) => {
    if (issue.pull?.headSha !== sha || issue.state !== 'open') return [];
    return [
      {
        id: issue.id,
        number: issue.number,
        url: `${forge.apiUrl}/repos/${name}/pulls/${issue.number}`,
        head: { ref: issue.pull.head, sha, repo: repository },
        base: { ref: issue.pull.base, sha: issue.pull.baseSha, repo: repository },
      },
    ];
  });
}
