import { demand, READ } from '../access.ts';
import type { ForgeState } from '../forge-state.ts';
import { fullName } from '../lookups.ts';
import { notFound } from '../refusal.ts';
import type { OwnAdvisory, Repository, WorkflowRun } from '../state/entities.ts';
import { repositoryView } from '../views/repository-view.ts';
import { paginate } from './paginate.ts';
import { type RestApp, reply, scene } from './rest-app.ts';

/** What a repository depends on, and the runs of its workflows; both only read. */
export function addSupplyChainRoutes(rest: RestApp): void {
  rest.get('/repos/:owner/:repo/dependency-graph/sbom', (c) => {
    const { forge, actor, repo } = scene(c);
    demand(forge, actor, repo, READ('contents'));
    return reply({ sbom: sbomOf(forge, repo) });
  });
  rest.get('/repos/:owner/:repo/actions/runs', (c) => {
    const { forge, actor, repo } = scene(c);
    demand(forge, actor, repo, READ('actions'));
    const [from = '', to = ''] = (c.req.query('created') ?? '').split('..');
    const runs = forge.store
      .group('workflowRun', repo.id)
      .filter((run) => (from === '' || run.createdAt >= from) && (to === '' || run.createdAt <= to))
      .toReversed();
    const { page, headers } = paginate(c, runs);
    const views = page.map((run) => runView(forge, repo, run));
    return reply({ total_count: runs.length, workflow_runs: views }, 200, headers);
  });
  rest.get('/repos/:owner/:repo/security-advisories/:ghsa', (c) => {
    const { forge, actor, repo } = scene(c);
    demand(forge, actor, repo, { permission: 'repository_advisories', level: 'read', role: 'admin' });
    const advisory = forge.store.get('ownAdvisory', `${repo.id}:${c.req.param('ghsa')}`);
    if (!advisory) throw notFound();
    return reply(advisoryView(forge, repo, advisory));
  });
}

/** As somebody reported it; what was staged is what became of it. */
function advisoryView(forge: ForgeState, repo: Repository, { ghsa, createdAt, fields }: OwnAdvisory) {
  const of = fullName(forge, repo);
  return {
    ...{ ghsa_id: ghsa, cve_id: null, identifiers: [{ type: 'GHSA', value: ghsa }], state: 'triage' },
    ...{ summary: 'It runs what it pads', description: 'Told in private.', severity: 'high', author: null },
    ...{ url: `${forge.apiUrl}/repos/${of}/security-advisories/${ghsa}`, publisher: null, private_fork: null },
    ...{ html_url: `${forge.url}/${of}/security/advisories/${ghsa}`, created_at: createdAt, updated_at: createdAt },
    ...{ published_at: null, closed_at: null, withdrawn_at: null, submission: { accepted: false } },
    ...{ vulnerabilities: [], cvss: { vector_string: null, score: null }, cwes: [], cwe_ids: [] },
    ...{ credits: [], credits_detailed: [], collaborating_users: [], collaborating_teams: [] },
    ...fields,
  };
}

/** SPDX 2.3; what is not direct hangs on the first that is. */
function sbomOf(forge: ForgeState, repo: Repository) {
  const graph = forge.store.get('dependencyGraph', repo.id);
  if (!graph) throw notFound();
  const name = `com.github.${fullName(forge, repo)}`;
  const id = (k: number) => `SPDXRef-package-${k}`;
  const first = graph.packages.findIndex((one) => one.direct);
  const about = { downloadLocation: 'NOASSERTION', filesAnalyzed: false, supplier: 'NOASSERTION' };
  const own = { SPDXID: 'SPDXRef-root', name, versionInfo: repo.defaultBranch, ...about };
  const packages = graph.packages.map(({ purl, version }, k) => {
    const ref = {
      referenceCategory: 'PACKAGE-MANAGER',
      referenceType: 'purl',
      referenceLocator: `${purl}@${encodeURIComponent(version)}`,
    };
    const named = decodeURIComponent(purl.replace(/^pkg:[^/]+\//, ''));
    return { SPDXID: id(k), name: named, versionInfo: version, ...about, externalRefs: [ref] };
  });
  const depends = graph.packages.map(({ direct }, k) => ({
    spdxElementId: direct || first < 0 ? own.SPDXID : id(first),
    relatedSpdxElement: id(k),
    relationshipType: 'DEPENDS_ON',
  }));
  const describes = {
    spdxElementId: 'SPDXRef-DOCUMENT',
    relatedSpdxElement: own.SPDXID,
    relationshipType: 'DESCRIBES',
  };
  return {
    SPDXID: 'SPDXRef-DOCUMENT',
    spdxVersion: 'SPDX-2.3',
    creationInfo: { created: forge.clock.stamp(), creators: ['Tool: yagura-forge'] },
    name,
    dataLicense: 'CC0-1.0',
    documentNamespace: `${forge.url}/spdxdocs/${repo.id}`,
    packages: [own, ...packages],
    relationships: [describes, ...depends],
  };
}

function runView(forge: ForgeState, repo: Repository, run: WorkflowRun) {
  const name = fullName(forge, repo);
  const url = `${forge.apiUrl}/repos/${name}/actions/runs/${run.id}`;
  const { organization: _organization, ...repository } = repositoryView(forge, repo);
  return {
    ...{ id: run.id, name: run.name, node_id: `WFR_${run.id}`, path: run.path, display_title: run.name },
    ...{ head_branch: run.branch, head_sha: run.headSha, run_number: run.number, run_attempt: 1 },
    ...{ event: 'push', status: 'completed', conclusion: 'success', workflow_id: repo.id, pull_requests: [] },
    ...{ created_at: run.createdAt, updated_at: run.createdAt, run_started_at: run.createdAt },
    ...{ url, html_url: `${forge.url}/${name}/actions/runs/${run.id}`, check_suite_url: `${url}/suite` },
    ...{ jobs_url: `${url}/jobs`, logs_url: `${url}/logs`, artifacts_url: `${url}/artifacts` },
    ...{ cancel_url: `${url}/cancel`, rerun_url: `${url}/rerun`, workflow_url: `${url}/workflow` },
    ...{ head_commit: null, repository, head_repository: repository },
  };
}
