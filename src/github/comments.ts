import { z } from 'zod';
import { type ForgeComment, ForgeError } from '../ports/forge.ts';
import { issuesSince } from './issues.ts';
import { commentShape } from './shapes.ts';
import { allPages } from './since.ts';
import type { Target } from './target.ts';
import { touchedSince } from './touched-since.ts';

export function createComment(to: Target, number: number, body: string): Promise<ForgeComment> {
  return to.client.write(commentShape, (octokit) =>
    octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...to.params,
      issue_number: number,
      body,
    }),
  );
}

export function updateComment(to: Target, id: number, body: string): Promise<ForgeComment> {
  return to.client.write(commentShape, (octokit) =>
    octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...to.params,
      comment_id: id,
      body,
    }),
  );
}

export function readComment(from: Target, id: number): Promise<ForgeComment> {
  return from.client.read(commentShape, (octokit, headers) =>
    octokit.request('GET /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...from.params,
      comment_id: id,
      headers,
    }),
  );
}

/** GitHub takes 2,500 comments an issue, that is 25 pages. */
export function readComments(from: Target, number: number): Promise<ForgeComment[]> {
  return allPages((page) =>
    from.client.read(z.array(commentShape), (octokit, headers) =>
      octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...from.params,
        issue_number: number,
        per_page: 100,
        page,
        headers,
      }),
    ),
  );
}

/** Comments touched at or after `since`, oldest touch first; found by their issues where the server lists them no other way. */
export async function commentsSince(from: Target, since: Date): Promise<ForgeComment[]> {
  try {
    return await touchedSince(from, since, 'GET /repos/{owner}/{repo}/issues/comments', commentShape);
  } catch (error) {
    if (!(error instanceof ForgeError) || error.reason !== 'not-found') throw error;
    return ofIssues(from, since);
  }
}

/** A new comment touches its issue, so the issues touched since then lead to it. */
async function ofIssues(from: Target, since: Date): Promise<ForgeComment[]> {
  const start = Math.floor(since.getTime() / 1000) * 1000;
  const found: ForgeComment[] = [];
  for (const issue of await issuesSince(from, since)) {
    const comments = await readComments(from, issue.number);
    found.push(...comments.filter((comment) => comment.updatedAt.getTime() >= start));
  }
  return found.sort((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime());
}
