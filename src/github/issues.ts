import { type Forge, ForgeError, type ForgeIssue } from '../ports/forge.ts';
import { anyShape, issueShape } from './shapes.ts';
import type { Target } from './target.ts';
import { touchedSince } from './touched-since.ts';

export function createIssue(to: Target, issue: Parameters<Forge['createIssue']>[1]): Promise<ForgeIssue> {
  return to.client.write(issueShape, (octokit) =>
    octokit.request('POST /repos/{owner}/{repo}/issues', { ...to.params, ...issue }),
  );
}

export function updateIssue(
  to: Target,
  number: number,
  change: Parameters<Forge['updateIssue']>[2],
): Promise<ForgeIssue> {
  const { stateReason, ...rest } = change;
  const body = stateReason === undefined ? rest : { ...rest, state_reason: stateReason };
  return to.client.write(issueShape, (octokit) =>
    octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
      ...to.params,
      ...body,
      issue_number: number,
    }),
  );
}

export function readIssue(from: Target, number: number): Promise<ForgeIssue> {
  return from.client.read(issueShape, (octokit, headers) =>
    octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
      ...from.params,
      issue_number: number,
      headers,
    }),
  );
}

export function issuesSince(from: Target, since: Date): Promise<ForgeIssue[]> {
  return touchedSince(from, since, 'GET /repos/{owner}/{repo}/issues', issueShape, { state: 'all' });
}

/** A label that is there already is what was wanted; where labels cannot be made, they come with the issue that has them. */
export async function createLabel(to: Target, label: Parameters<Forge['createLabel']>[1]): Promise<void> {
  try {
    await to.client.write(anyShape, (octokit) =>
      octokit.request('POST /repos/{owner}/{repo}/labels', {
        ...to.params,
        ...label,
        color: label.color.replace(/^#/, ''),
      }),
    );
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    const exists = error.reason === 'validation' && /already_exists/.test(error.message);
    if (!exists && error.reason !== 'not-found') throw error;
  }
}
