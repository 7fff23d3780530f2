import type { Octokit } from '@octokit/rest';
import { CONFIG } from './other-server.ts';

/** Proposes a file's new text to the config repository; returns the head of the pull request. */
export async function pullRequest(by: Octokit, path: string, text: string): Promise<string> {
  const branch = `change-${Math.random().toString(36).slice(2)}`;
  const main = (await by.rest.git.getRef({ ...CONFIG, ref: 'heads/main' })).data.object.sha;
  const base = (await by.rest.git.getCommit({ ...CONFIG, commit_sha: main })).data.tree.sha;
  const entry = { path, mode: '100644', type: 'blob', content: text } as const;
  const tree = await by.rest.git.createTree({ ...CONFIG, base_tree: base, tree: [entry] });
  const parents = [main];
  const commit = await by.rest.git.createCommit({ ...CONFIG, message: `Change ${path}`, tree: tree.data.sha, parents });
  await by.rest.git.createRef({ ...CONFIG, ref: `refs/heads/${branch}`, sha: commit.data.sha });
  const made = await by.rest.pulls.create({ ...CONFIG, title: `Change ${path}`, head: branch, base: 'main' });
  return made.data.head.sha;
}

/** The completed check of a commit with its annotations; undefined while there is none. */
export async function checkOf(by: Octokit, sha: string) {
  const { data } = await by.rest.checks.listForRef({ ...CONFIG, ref: sha, check_name: 'Yagura policy' });
  const run = data.check_runs[0];
  if (run?.status !== 'completed') return undefined;
  const annotations = await by.request('GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations', {
    ...CONFIG,
    check_run_id: run.id,
  });
  return { conclusion: run.conclusion, annotations: annotationsIn(annotations.data) };
}

/** GitHub answers a list; other servers may wrap it. */
function annotationsIn(data: unknown): unknown[] {
  if (Array.isArray(data)) return data;
  const wrapped = data as { check_annotations?: unknown[] };
  return wrapped.check_annotations ?? [];
}
